import { describe, expect, test } from 'vitest';
import { hashSecret } from '#lib/auth/secret.ts';
import { newId } from '#lib/ids.ts';
import { methods } from '#lib/rpc/methods.ts';
import { newTokenText } from '#lib/tokens/format.ts';
import { type Call, codes, origin, type Reply, rpc } from '../client.ts';
import { newAdministrator, newPerson, newSession, onDatabase } from '../people.ts';

const NAMES = Object.keys(methods).filter((name) => methods[name]?.access === 'administrator');
const NO_METHOD = 'admin.user.nothing';

const [administrator, alice] = [await newAdministrator(), await newPerson('alice')];

async function expiredToken(): Promise<string> {
  const token = newTokenText();
  await onDatabase([
    [
      `INSERT INTO access_token (id, user_id, name, prefix, hash, expires_at)
       VALUES ($1, $2, 'over', 'gst_', $3, now() - interval '1 hour')`,
      [newId(), administrator.id, hashSecret(token)],
    ],
  ]);
  return token;
}

async function programSession(): Promise<string> {
  const session = await newSession(administrator.id);
  await onDatabase([['UPDATE session SET is_program = true WHERE hash = $1', [hashSecret(session)]]]);
  return session;
}

/** Enough for most of the methods to do something, if they were let. */
const json = { id: newId(), name: alice.name, quotaBytes: 1, isDisabled: true, policy: 'closed' };

const OTHERS: [string, Call][] = [
  ['nobody', { json }],
  ['nobody, from our own page', { json, headers: { origin: origin() } }],
  ['a user’s token', { json, token: alice.token }],
  ['a user’s session', { json, token: alice.session }],
  ['a user’s cookie', { json, headers: { cookie: `gs-session=${alice.session}`, origin: origin() } }],
  [
    'a foreign page with a user’s cookie',
    { json, headers: { cookie: `gs-session=${alice.session}`, origin: 'https://evil.example.org' } },
  ],
  [
    'a cookie under a foreign Host',
    { json, headers: { cookie: `gs-session=${alice.session}`, host: 'evil.example.org' } },
  ],
  ['a machine’s password', { json, headers: { authorization: 'Basic eDp5' } }],
  ['an administrator’s token that is over', { json, token: await expiredToken() }],
  ['GET', { via: 'GET', query: { name: alice.name }, token: alice.session }],
  [
    'a body that is no JSON',
    { body: Buffer.from('{'), headers: { 'content-type': 'application/json' }, token: alice.token },
  ],
];

/** Everything of a reply but what differs from request to request, and the method’s name. */
function looks(reply: Reply, name: string) {
  const { date: _date, 'x-request-id': id, ...headers } = reply.headers;
  const body = reply.bytes.toString().replaceAll(String(id), '<id>').replaceAll(name, '<name>');
  return { status: reply.status, body, headers: { ...headers, 'content-length': null } };
}

describe.each(NAMES)('%s', (name) => {
  test.each(OTHERS)('is no method for %s', async (_who, call) => {
    expect(looks(await rpc(name, call), name)).toEqual(looks(await rpc(NO_METHOD, call), NO_METHOD));
  });

  test('is not allowed to an administrator’s programs', async () => {
    for (const token of [administrator.token, await programSession()])
      expect(codes(await rpc(name, { token, json }))).toBe('403/40301');
  });

  test('without its fields: 400/40001', async () => {
    const required = name !== 'admin.invitation.create';
    if (required)
      expect(codes(await rpc(name, { token: administrator.session, json: {} }))).toBe('400/40001');
  });
});

test('there are such methods', () => {
  expect(NAMES.length).toBeGreaterThan(5);
});
