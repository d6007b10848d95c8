import { randomBytes } from 'node:crypto';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '#lib/errors.ts';
import type { BuildJob } from '#lib/images/builder.ts';
import { BuilderElsewhere, DIGEST, type FakeBuilder } from '#lib/testing/builder-elsewhere.ts';

const PATIENT = { timeout: 20_000, interval: 5 };

let elsewhere: BuilderElsewhere;
beforeEach(async () => {
  elsewhere = await BuilderElsewhere.start();
});
afterEach(() => elsewhere.remove());

describe('a builder elsewhere', () => {
  it('gets the package with all that the build is, and gives the image under its own name', async () => {
    const seen: Record<string, unknown> = {};
    elsewhere.fake.behave = async ({ contextDir }) => {
      seen.files = (await readdir(contextDir, { recursive: true })).toSorted();
      seen.dockerfile = await readFile(path.join(contextDir, 'Dockerfile'), 'utf8');
    };
    await symlink('/etc/passwd', path.join(elsewhere.package, 'link'));
    const image = await elsewhere.build();
    expect(seen).toEqual({ files: ['Dockerfile', 'sub', 'sub/run.sh'], dockerfile: 'FROM scratch\n' });
    const { contextDir: _, onLog: __, signal: ___, limits, ...asked } = elsewhere.fake.jobs[0] as BuildJob;
    const { contextDir: ____, onLog: _____, signal: ______, limits: wanted, ...sent } = elsewhere.job();
    expect(asked).toEqual(sent);
    expect(limits).toEqual({ ...wanted, memoryBytes: 500 });
    expect(image.platform).toBe('linux/amd64');
    expect(await image.bom()).toEqual({ spdxVersion: 'SPDX-2.3' });
    expect(await elsewhere.contexts()).toEqual([]);
  });

  it('gives a build no more of the network than its own administrator lets it', async () => {
    await elsewhere.build({ network: 'open' });
    expect(elsewhere.fake.jobs[0]?.network).toBe('index');
  });

  it('tells each line while the build goes on', async () => {
    const told: string[] = [];
    const goOn = Promise.withResolvers<void>();
    elsewhere.fake.behave = async ({ onLog }) => {
      onLog('STEP 1/2: FROM scratch', 'stdout');
      onLog('a warning', 'stderr');
      await goOn.promise;
    };
    const built = elsewhere.build({ onLog: (line, source) => void told.push(`${source}: ${line}`) });
    await vi.waitUntil(() => told.length === 2, PATIENT);
    expect(told).toEqual(['stdout: STEP 1/2: FROM scratch', 'stderr: a warning']);
    goOn.resolve();
    await built;
  });

  it('pushes with the token of the moment, and removes', async () => {
    const told: string[] = [];
    elsewhere.fake.pushed = async (token) => (token === 'for this one' ? DIGEST : 'no');
    const image = await elsewhere.build();
    const { signal } = new AbortController();
    const options = { token: 'for this one', onLog: (line: string) => void told.push(line), signal };
    expect(await image.push(options)).toBe(DIGEST);
    expect(told).toEqual(['Writing manifest']);
    await image.remove();
    expect(elsewhere.fake.removed).toBe(1);
    await expect(image.push(options)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('tells what the user has to mend, and what they cannot, as such; mistakes without their story', async () => {
    const failures = [
      new Fault('build-failed', 'Step 2 failed.'),
      new Fault('unavailable', 'No disk.'),
      new Error('/x'),
    ];
    const caught: unknown[] = [];
    for (const failure of failures) {
      elsewhere.fake.behave = () => Promise.reject(failure);
      await elsewhere.build().catch((error) => caught.push([error.kind, error.message]));
    }
    expect(caught.slice(0, 2)).toEqual([
      ['build-failed', 'Step 2 failed.'],
      ['unavailable', 'No disk.'],
    ]);
    expect(caught[2]).toEqual(['unavailable', expect.not.stringContaining('/x')]);
  });
});

describe('what ends a build elsewhere', () => {
  const untilAborted: FakeBuilder['behave'] = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  it('its worker, by the signal', async () => {
    elsewhere.fake.behave = untilAborted;
    const stop = new AbortController();
    const built = elsewhere.build({ signal: stop.signal });
    await vi.waitUntil(() => elsewhere.fake.jobs.length === 1, PATIENT);
    stop.abort();
    await expect(built).rejects.toThrow();
    await vi.waitUntil(() => elsewhere.fake.jobs[0]?.signal.aborted, PATIENT);
    await vi.waitUntil(async () => (await elsewhere.contexts()).length === 0, PATIENT);
  });

  it('its worker, by dying while the package is on its way', async () => {
    await writeFile(path.join(elsewhere.package, 'large'), randomBytes(20_000_000));
    const sockets: Socket[] = [];
    elsewhere.service.server.on('connection', (socket) => sockets.push(socket));
    elsewhere.fake.behave = untilAborted;
    const built = elsewhere.build().catch((error: unknown) => error);
    await vi.waitUntil(async () => (await elsewhere.contexts()).length === 1, PATIENT);
    for (const socket of sockets) socket.destroy();
    expect(await built).toMatchObject({ kind: 'unavailable' });
    await vi.waitUntil(async () => (await elsewhere.contexts()).length === 0, PATIENT);
    expect(elsewhere.fake.jobs.every(({ signal }) => signal.aborted)).toBe(true);
  });

  it('a restart of the builder: nothing of the user’s failed, and the next build works', async () => {
    elsewhere.fake.behave = untilAborted;
    const built = elsewhere.build().catch((error: unknown) => error);
    await vi.waitUntil(() => elsewhere.fake.jobs.length === 1, PATIENT);
    const { port } = elsewhere;
    await elsewhere.stop();
    expect(await built).toMatchObject({ kind: 'unavailable' });
    await expect(elsewhere.build()).rejects.toMatchObject({ kind: 'unavailable' });
    elsewhere.fake.behave = async () => {};
    await elsewhere.listen(port);
    await elsewhere.build();
    expect(elsewhere.fake.sweeps).toBe(2);
  });

  it('a stop of the builder ends a push first, and then removes its image', async () => {
    const [begun, goOn] = [Promise.withResolvers<AbortSignal>(), Promise.withResolvers<void>()];
    elsewhere.fake.pushed = async (_, signal) => {
      begun.resolve(signal);
      await goOn.promise;
      throw signal.reason;
    };
    const image = await elsewhere.build();
    const { signal } = new AbortController();
    const pushed = image.push({ token: 'any', onLog: () => {}, signal }).catch((error: unknown) => error);
    const told = await begun.promise;
    const stopped = elsewhere.stop();
    await vi.waitUntil(() => told.aborted, PATIENT);
    await Promise.race([stopped, new Promise((resolve) => setImmediate(resolve))]);
    expect(elsewhere.fake.removed).toBe(0);
    goOn.resolve();
    await stopped;
    expect(elsewhere.fake.removed).toBe(1);
    expect(await pushed).toMatchObject({ kind: 'unavailable' });
  });

  it('a second build waits for the first, and one that leaves the queue is not begun', async () => {
    const goOn = Promise.withResolvers<void>();
    elsewhere.fake.behave = () => goOn.promise;
    const leave = new AbortController();
    const first = elsewhere.build({ tag: 'first' });
    await vi.waitUntil(() => elsewhere.fake.jobs.length === 1, PATIENT);
    const second = elsewhere.build({ tag: 'second', signal: leave.signal }).catch(() => 'left');
    const third = elsewhere.build({ tag: 'third' });
    leave.abort();
    expect(await second).toBe('left');
    expect(elsewhere.fake.jobs).toHaveLength(1);
    goOn.resolve();
    await Promise.all([first, third]);
    expect(elsewhere.fake.jobs.map(({ tag }) => tag)).toEqual(['first', 'third']);
  });
});
