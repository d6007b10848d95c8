import { expect, test } from 'vitest';
import { envelope, origin, rpc, send } from '../client.ts';
import { newPerson } from '../people.ts';

const alice = await newPerson('alice');
const CORS_ORIGIN = 'https://pages.example.org';

test('a request id of its own is in the header of every answer', async () => {
  const replies = [
    await rpc('user.identity.whoami', { token: alice.token }),
    await rpc('user.identity.whoami'),
  ];
  const ids = replies.map((reply) => reply.headers['x-request-id']);
  expect(ids[0]).toMatch(/^[\w-]{8,}$/);
  expect(ids[1]).toMatch(/^[\w-]{8,}$/);
  expect(ids[0]).not.toBe(ids[1]);
});

test('the request id ends the message of an error', async () => {
  const reply = await rpc('user.identity.whoami');
  const { name, message, readableMessage } = envelope(reply);
  expect(message).toMatch(new RegExp(`\\(request ${reply.headers['x-request-id']}\\)$`));
  expect(readableMessage).toBe(`${name}: ${message}`);
});

test('the status line of an error says its sentence, for clients that show nothing else', async () => {
  const { status, statusText } = await fetch(`${origin()}/v2/rpc/artifact.getDetail?name=absent`);
  expect(`${status} ${statusText}`).toBe(
    '401 AuthenticationRequiredError: There is no public DocumentArray of this name. If it is private, log in.',
  );
});

test('an error never says where the server’s code is', async () => {
  const reply = await rpc('artifact.getDetail', { json: { id: { $gt: '' } } });
  expect(reply.status).toBe(400);
  expect(reply.bytes.toString()).not.toMatch(/node_modules|\.ts:|\bat /);
});

test('answers are JSON with a charset, on one line, never cached, never compressed', async () => {
  const headers = { 'accept-encoding': 'gzip, deflate, br, zstd' };
  for (const reply of [
    await rpc('artifact.list', { token: alice.token, headers }),
    await rpc('artifact.list', { headers }),
    await rpc('no.such.method', { headers }),
  ]) {
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.headers['content-encoding']).toBeUndefined();
    expect(reply.bytes.includes('\n')).toBe(false);
  }
});

test('no answer of the API sets a cookie or redirects', async () => {
  for (const token of [alice.token, alice.session, undefined]) {
    const reply = await rpc('user.identity.whoami', { token });
    expect(reply.headers['set-cookie']).toBeUndefined();
    expect(reply.headers.location).toBeUndefined();
  }
});

test('a page of CORS_ORIGINS may call with credentials, and is asked for by a preflight', async () => {
  const asked = {
    origin: CORS_ORIGIN,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  const preflight = await send({ method: 'OPTIONS', path: '/v2/rpc/artifact.list', headers: asked });
  expect(preflight.status).toBeLessThan(300);
  expect(preflight.headers['access-control-allow-origin']).toBe(CORS_ORIGIN);
  expect(preflight.headers['access-control-allow-credentials']).toBe('true');
  expect(preflight.headers['access-control-allow-methods']).toContain('POST');
  expect(preflight.headers['access-control-allow-headers']?.toLowerCase()).toContain('authorization');
  const reply = await rpc('user.identity.whoami', { token: alice.token, headers: { origin: CORS_ORIGIN } });
  expect(reply.headers['access-control-allow-origin']).toBe(CORS_ORIGIN);
  expect(reply.headers['access-control-allow-credentials']).toBe('true');
  expect(reply.headers.vary?.toLowerCase()).toContain('origin');
  const failed = await rpc('user.identity.whoami', { headers: { origin: CORS_ORIGIN } });
  expect(failed.headers['access-control-allow-origin']).toBe(CORS_ORIGIN);
});

test('any other page is told nothing', async () => {
  for (const foreign of ['https://evil.example.org', 'null', `${CORS_ORIGIN}.evil.example.org`]) {
    const headers = { origin: foreign, 'access-control-request-method': 'POST' };
    const preflight = await send({ method: 'OPTIONS', path: '/v2/rpc/artifact.list', headers });
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
    const reply = await rpc('user.identity.whoami', { token: alice.token, headers: { origin: foreign } });
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  }
});
