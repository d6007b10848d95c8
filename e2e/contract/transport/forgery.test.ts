import { afterAll, describe, expect, inject, test } from 'vitest';
import { methods } from '#lib/rpc/methods.ts';
import { queryOnce } from '#lib/testing/database.ts';
import { freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, origin, type Reply, rpc, send } from '../client.ts';
import { multipart } from '../multipart.ts';
import { fromAnywhere, newAdministrator, signUp } from '../people.ts';

/** What a browser says of a request that a page of another site made it send. */
const FOREIGN: [string, Record<string, string>][] = [
  ['another site', { origin: 'https://evil.example.org', 'sec-fetch-site': 'cross-site' }],
  ['another port of this host', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
  ['a page that hides where it is from', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['another site, which only the browser’s own header says', { 'sec-fetch-site': 'cross-site' }],
  ['another port, which only the browser’s own header says', { 'sec-fetch-site': 'same-site' }],
];

/** An administrator, so that nothing is refused for any other reason. */
const alice = await newAdministrator();
afterAll(() => removeAll(alice));
const artifact = await pushed(alice, { name: freshName('safe') });
const cookie = `gs-session=${alice.session}`;

/** Enough for most of the methods to do something, if they were let. */
const fields = {
  ...{ id: artifact._id, name: 'forged', public: 'true', expirationDays: '1', metaData: '{"forged":1}' },
  ids: artifact._id,
};

interface Body {
  type: string;
  body: Buffer;
}

/** The three kinds of body that a form can send to any site without asking, and one that needs no form. */
const BODIES: [string, Body][] = [
  [
    'a form',
    { type: 'application/x-www-form-urlencoded', body: Buffer.from(`${new URLSearchParams(fields)}`) },
  ],
  [
    'a form with a file',
    multipart([
      { name: 'file', filename: 'DocumentArray', value: 'forged' },
      ...Object.entries(fields).map(([name, value]) => ({ name, value })),
    ]),
  ],
  ['a form of plain text', { type: 'text/plain', body: Buffer.from(JSON.stringify(fields)) }],
  ['JSON', { type: 'application/json', body: Buffer.from(JSON.stringify(fields)) }],
];

/** All rows that a call of Alice's could change. */
async function rows(): Promise<unknown> {
  const { databaseUrl } = inject('station');
  const mine = `(SELECT id FROM namespace WHERE owner_id = '${alice.id}')`;
  // That a credential was used is written down with it, and moves the end of a session.
  const unused = (table: string, used: string) =>
    `SELECT to_jsonb(t) - '${used}'::text[] AS row FROM ${table} t WHERE user_id = '${alice.id}' ORDER BY id`;
  return Promise.all([
    queryOnce(databaseUrl, `SELECT * FROM artifact WHERE namespace_id IN ${mine} ORDER BY id`),
    queryOnce(databaseUrl, unused('access_token', '{last_used_at,last_used_address,last_used_client}')),
    queryOnce(databaseUrl, unused('session', '{last_used_at,expires_at}')),
    queryOnce(databaseUrl, `SELECT * FROM app_user WHERE id = '${alice.id}'`),
  ]);
}

describe.each(FOREIGN)('a POST that the browser sends for %s', (_who, headers) => {
  const changing = Object.keys(methods).filter((name) => methods[name]?.effect === 'write');

  test.each(changing)('is refused by %s, whatever its body, and changes nothing', async (method) => {
    const before = await rows();
    for (const [_kind, { type, body }] of BODIES) {
      for (const name of ['gs-session', 'st']) {
        const call = { cookie: `${name}=${alice.session}`, 'content-type': type, ...headers };
        expect(codes(await rpc(method, { headers: call, body }))).toBe('403/40301');
      }
    }
    expect(await rows()).toEqual(before);
  });

  test.each(BODIES)('changes nothing at the address of a page, with %s', async (_kind, { type, body }) => {
    const before = await rows();
    for (const path of ['/storage', '/settings/tokens', '/login']) {
      const call = { cookie, 'content-type': type, 'next-action': '0'.repeat(40), ...headers };
      const { headers: answer } = await send({ method: 'POST', path, headers: call, body });
      expect(answer['set-cookie']).toBeUndefined();
    }
    expect(await rows()).toEqual(before);
  });

  test('ends no session at next-auth, even with a token against forgery that it planted', async () => {
    const planted = await plant(cookie);
    const reply = await form('signout', planted, {}, headers);
    expect(codes(reply)).toBe('403/40301');
    expect(reply.headers['set-cookie']).toBeUndefined();
    expect(codes(await rpc('user.identity.whoami', { headers: { cookie } }))).toBe('200/20000');
  });

  test('signs nobody in at next-auth, even with a token against forgery that it planted', async () => {
    const { name, password } = await signUp('mallory');
    const planted = await plant('');
    const reply = await form('callback/credentials', planted, { login: name, password }, headers);
    expect(codes(reply)).toBe('403/40301');
    expect(reply.headers['set-cookie']).toBeUndefined();
  });
});

test('the forms of our own pages are not refused', async () => {
  const { name, password } = await signUp('alice');
  const headers = { origin: origin(), 'sec-fetch-site': 'same-origin' };
  const reply = await form('callback/credentials', await plant(''), { login: name, password }, headers);
  expect(reply.status).toBe(200);
  expect(String(reply.headers['set-cookie'])).toContain('gs-session=gss_');
});

interface Planted {
  cookie: string;
  csrfToken: string;
}

/** A token of next-auth's against forgery with its cookie, beside the cookies that a browser has. */
async function plant(cookies: string): Promise<Planted> {
  const reply = await send({ path: '/api/auth/csrf' });
  const [own = ''] = (reply.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]);
  return { cookie: `${cookies}; ${own}`, ...JSON.parse(reply.bytes.toString()) };
}

/** Sends next-auth a form. */
function form(
  action: string,
  { cookie: cookies, csrfToken }: Planted,
  values: Record<string, string>,
  headers: Record<string, string>,
): Promise<Reply> {
  const type = 'application/x-www-form-urlencoded';
  const body = Buffer.from(`${new URLSearchParams({ ...values, csrfToken, json: 'true' })}`);
  const sent = { cookie: cookies, 'content-type': type, ...headers, ...fromAnywhere() };
  return send({ method: 'POST', path: `/api/auth/${action}`, headers: sent, body });
}
