import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { serveNode } from '#lib/http/node.ts';
import { makeUser } from '#lib/testing/domain.ts';
import { insertExecutor, insertImageRow } from '#lib/testing/executors.ts';
import { createToken } from '#lib/tokens/create.ts';

/** A server of this process, and how many of its requests are not done. */
async function serve() {
  const open = new Set<Promise<unknown>>();
  const server = http.createServer((req, res) => {
    const served: Promise<unknown> = serveNode(req, res).finally(() => open.delete(served));
    open.add(served);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, open, close: () => once(server.close(), 'close') };
}

it('a client that goes away while an image is built for it is waited for by nothing, and the build goes on', async () => {
  Object.assign(env(), { IMAGES: 'on' });
  const { caller, origin } = await makeUser();
  const client = await pool().connect();
  const made = { namespaceId: caller.namespaceId, name: 'Mine' };
  const { id, commitId } = await insertExecutor(client, made).finally(() => client.release());
  await insertImageRow(pool(), { executorId: id, commitId });
  const { token } = await createToken({
    ...{ userId: caller.userId, name: 'laptop', days: 1, origin, clock: systemClock },
  });
  const { url, open, close } = await serve();
  const leave = new AbortController();
  const asked = fetch(`${url}/v2/rpc/executor.getPackage`, {
    method: 'POST',
    headers: {
      authorization: `token ${token}`,
      'content-type': 'application/json',
      'jinameta-jina': '3.0.1',
    },
    body: JSON.stringify({ id: 'Mine', include: ['docker'], rebuildImage: true }),
    signal: leave.signal,
  }).catch((error: Error) => error.name);
  const builds = async () =>
    (await pool().query('SELECT state FROM task WHERE executor_id = $1', [id])).rows as { state: string }[];
  await expect.poll(builds).toEqual([{ state: 'waiting' }]);
  leave.abort();
  expect(await asked).toBe('AbortError');
  await expect.poll(() => open.size, { timeout: 10_000 }).toBe(0);
  expect(await builds()).toEqual([{ state: 'waiting' }]);
  await close();
});
