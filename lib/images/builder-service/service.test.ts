import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { remoteBuilder } from '#lib/images/builders-remote/remote.ts';
import { BuilderElsewhere } from '#lib/testing/builder-elsewhere.ts';

let elsewhere: BuilderElsewhere;
beforeEach(async () => {
  elsewhere = await BuilderElsewhere.start();
});
afterEach(() => elsewhere.remove());

describe('whom a builder refuses', () => {
  async function send(bytes: Uint8Array, headers: Record<string, string> = {}, target = '/builds') {
    const request = http.request(`${elsewhere.url}${target}`, {
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${elsewhere.token}`, ...headers },
    });
    request.on('error', () => {});
    request.end(bytes);
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const pieces = await response.toArray();
    return { status: response.statusCode, text: Buffer.concat(pieces).toString() };
  }

  it('everybody without its token, before anything is read', async () => {
    for (const token of ['', 'wrong', `${elsewhere.token}x`])
      await expect(remoteBuilder({ url: elsewhere.url, token }).build(elsewhere.job())).rejects.toMatchObject(
        { kind: 'unavailable' },
      );
    expect(await send(Buffer.from('{}'), { authorization: elsewhere.token })).toMatchObject({ status: 401 });
    expect(elsewhere.fake.jobs).toEqual([]);
  });

  it('heads that are none', async () => {
    const { contextDir: _, onLog: __, signal: ___, ...head } = elsewhere.job();
    const wrong = [
      {},
      [],
      null,
      { ...head, dockerfile: '../x' },
      { ...head, tag: '-v /:/host' },
      { ...head, limits: 1 },
    ];
    const bodies = [...wrong.map((one) => `${JSON.stringify(one)}\n`), '', '{', '\n', 'x'.repeat(5_000_000)];
    for (const body of bodies) expect(await send(Buffer.from(body))).toMatchObject({ status: 400 });
    expect(await send(Buffer.from('{}\n'), {}, '/builds/x/push')).toMatchObject({ status: 404 });
    expect(await send(Buffer.from('{}\n'), {}, `/builds/${crypto.randomUUID()}/push`)).toMatchObject({
      status: 400,
    });
  });

  it('packages that are no tar, or one with links out of it', async () => {
    const { contextDir: _, onLog: __, signal: ___, ...head } = elsewhere.job();
    const line = Buffer.from(`${JSON.stringify(head)}\n`);
    await symlink('/etc/passwd', path.join(elsewhere.package, 'link'));
    const linked = Buffer.concat(await create({ cwd: elsewhere.package }, ['.']).collect());
    for (const bytes of [randomBytes(5000), linked, linked.subarray(0, 700)]) {
      const { status, text } = await send(Buffer.concat([line, bytes]));
      expect(status).toBe(200);
      expect(JSON.parse(text.trim().split('\n').at(-1) ?? '')).toMatchObject({
        type: 'failed',
        kind: 'invalid',
      });
    }
    expect(elsewhere.fake.jobs).toEqual([]);
    expect(await elsewhere.contexts()).toEqual([]);
  });
});
