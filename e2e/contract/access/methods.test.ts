import http from 'node:http';
import { expect, test } from 'vitest';
import { methods } from '#lib/rpc/methods.ts';
import { removeAll } from '../artifacts.ts';
import { codes, origin, type Reply, rpc } from '../client.ts';
import { sendPush } from '../executor-push.ts';
import { multipart } from '../multipart.ts';
import { fromAnywhere } from '../people.ts';
import { CALLERS, newCast } from './callers.ts';
import { expected } from './row.ts';
import { TABLE } from './table.ts';

/** The first line of a stream that waits for a person, which is left then. */
function firstLine(method: string, headers: Record<string, string>): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = http.get(`${origin()}/v2/rpc/${method}`, { headers, agent: false });
    request.once('error', reject).once('response', (response) => {
      response
        .on('error', () => {})
        .once('data', (bytes: Buffer) => {
          response.destroy();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes });
        });
    });
  });
}

/** A call with a credential; its codes, as `codes` gives them. */
async function call(method: string, input: object, token: string | undefined): Promise<string> {
  const headers = fromAnywhere();
  if (method === 'user.identity.proxiedAuthorize') {
    const reply = await firstLine(method, token ? { ...headers, authorization: `token ${token}` } : headers);
    return reply.bytes.includes('"event":"redirect"') ? '200/20000' : codes(reply);
  }
  if (method === 'v1.executors.get') {
    // It has no envelope.
    const reply = await rpc(method, { token, json: input, headers });
    return reply.status === 200 ? '200/20000' : codes(reply);
  }
  if (methods[method]?.access !== 'pusher') {
    const reply = await rpc(method, { token, json: input, headers });
    const isStream = reply.headers['content-type'] === 'application/x-ndjson; charset=UTF-8';
    return isStream ? '200/20000' : codes(reply);
  }
  if (method.includes('executor')) {
    // A stream that has begun says so by its status alone.
    const reply = await sendPush({ token }, input as Record<string, string>, { method, headers });
    return reply.status === 200 ? '200/20000' : codes(reply);
  }
  const fields = Object.entries(input).map(([name, value]) => ({ name, value: String(value) }));
  const { type, body } = multipart([{ name: 'file', filename: 'DocumentArray', value: 'bytes' }, ...fields]);
  return codes(await rpc(method, { token, headers: { ...headers, 'content-type': type }, body }));
}

test('every method has a row', () => {
  const rows = new Set(Object.keys(TABLE).map((key) => key.split(' ')[0]));
  expect(Object.keys(methods).filter((method) => !rows.has(method))).toEqual([]);
});

test.each(Object.entries(TABLE))('%s: each caller gets what the table says', async (key, row) => {
  const [method = ''] = key.split(' ');
  const cast = await newCast();
  const got: Record<string, string> = {};
  for (const [caller, credential] of Object.entries(CALLERS)) {
    const input = await row.input(cast);
    got[caller] = await call(method, input, await credential(cast));
  }
  expect(got).toEqual(expected(row));
  await removeAll(cast.alice, cast.mallory, cast.admin);
});
