import { beforeAll, describe, expect, test } from 'vitest';
import { codes, dataOf, rpc, send } from '../client.ts';
import { fromAnywhere, logIn, newAccount, newPerson, rowsOf, signUp } from '../people.ts';

const MEGABYTE = 'x'.repeat(1_000_000);

/** Accounts and sessions that such a sign-in has made: none, ever. */
async function made(): Promise<unknown> {
  const [row] = await rowsOf(
    `SELECT (SELECT count(*) FROM app_user WHERE name LIKE 'bad-%' OR email LIKE 'bad-%')::text AS users,
      (SELECT count(*) FROM session WHERE user_agent = 'bad sign-in')::text AS sessions`,
  );
  return row;
}
const NOTHING = { users: '0', sessions: '0' };

const headers = () => ({ ...fromAnywhere(), 'user-agent': 'bad sign-in' });

let victim: { name: string; email: string; password: string };
beforeAll(async () => {
  victim = await signUp('victim');
});

/** Texts in place of a name or a password, none of which may open anything. */
const TEXTS: [string, string][] = [
  ['a megabyte', MEGABYTE],
  ['nothing', ''],
  ['a zero byte', 'a\0b'],
  ['half a character', '\ud800'],
  ['a piece of SQL', "' OR '1'='1"],
  ['signs that SQL knows', '%_'],
  ['a mail header', 'a@b.example\r\nBcc: c@d.example'],
];

describe.each(TEXTS)('%s', (_what, text) => {
  test('as a password, and as a name, signs nobody in', async () => {
    const { name } = await newPerson('victim');
    for (const json of [
      { name, password: text },
      { name: text, password: victim.password },
    ])
      expect(codes(await rpc('user.identity.passwordLogin', { json, headers: headers() }))).toBe('401/40102');
    expect(await made()).toEqual(NOTHING);
  });

  test.each(['name', 'email'])('as %s makes no account', async (field) => {
    const json = { ...newAccount('bad'), [field]: text };
    expect(codes(await rpc('user.identity.signUp', { json, headers: headers() }))).toBe('400/40001');
    expect(await made()).toEqual(NOTHING);
  });
});

test.each([
  ['password', MEGABYTE],
  ['password', ''],
  ['displayName', MEGABYTE],
  ['displayName', 'a\0b'],
  ['displayName', '\ud800'],
])('as %s makes no account: %.20j', async (field, text) => {
  const json = { ...newAccount('bad'), [field]: text };
  expect(codes(await rpc('user.identity.signUp', { json, headers: headers() }))).toBe('400/40001');
  expect(await made()).toEqual(NOTHING);
});

test.each([
  ['in capitals', (name: string) => name.toUpperCase()],
  ['with a letter of another alphabet', (name: string) => name.replace('i', '\u0456')],
  ['in wide letters', (name: string) => name.replace('v', '\uff56')],
  ['with a character that nobody sees', (name: string) => `${name}\u200b`],
  ['with a space after it', (name: string) => `${name} x`],
])('a user name that looks like another is nobody’s, and cannot be made: %s', async (_what, change) => {
  const name = change(victim.name);
  expect(name).not.toBe(victim.name);
  const json = { ...newAccount('other'), name };
  expect(codes(await rpc('user.identity.signUp', { json, headers: headers() }))).toBe('400/40001');
  const login = { name, password: victim.password };
  expect(codes(await rpc('user.identity.passwordLogin', { json: login, headers: headers() }))).toBe(
    '401/40102',
  );
});

test('a session’s cookie that was tampered with, or of another kind, opens nothing', async () => {
  const session = await logIn(victim);
  const { token } = await newPerson('other');
  const wrong = [
    `${session}x`,
    session.slice(0, -1),
    session.toUpperCase(),
    token,
    'a.b.c',
    '%00',
    '"',
    '=;=',
  ];
  for (const text of wrong) {
    const cookie = `gs-session=${text}`;
    expect((await send({ path: '/settings/tokens', headers: { cookie } })).status).toBe(307);
    const reply = await rpc('user.session.list', { headers: { cookie } });
    expect(codes(reply)).toMatch(/^40[13]\//);
  }
  expect(dataOf(await rpc('user.identity.whoami', { token: session }))).toMatchObject({ name: victim.name });
});

test('the form of the pages takes no megabyte', async () => {
  const body = Buffer.from(`login=${victim.name}&password=${MEGABYTE}`);
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const path = '/api/auth/callback/credentials';
  expect((await send({ method: 'POST', path, headers: { ...type, ...fromAnywhere() }, body })).status).toBe(
    413,
  );
});
