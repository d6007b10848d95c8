import { beforeAll, expect, test } from 'vitest';
import { codes, dataOf, origin, type Reply, rpc, send } from '../client.ts';
import { fromAnywhere, newPerson, type Person } from '../people.ts';

const PATH = '/v2/oidc/authorize';
const TARGET = 'https://pages.example.org/app?page=1';

let alice: Person;
beforeAll(async () => {
  alice = await newPerson('alice');
});

function open(query: Record<string, string>, cookie = ''): Promise<Reply> {
  const headers = { ...fromAnywhere(), ...(cookie ? { cookie } : {}) };
  return send({ path: `${PATH}?${new URLSearchParams(query)}`, headers });
}

function cookieOf(reply: Reply): string {
  return reply.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

interface Delivery {
  uri: string;
  fields: Record<string, string>;
}

/** Begins a login as a browser; what Alice's decision sends the browser to, and its cookie. */
async function decided(isApproved: boolean): Promise<{ query: Record<string, string>; cookie: string }> {
  const reply = await open({ target_link_uri: TARGET });
  const page = new URL(reply.headers.location ?? '');
  expect(`${page.origin}${page.pathname}`).toBe(`${origin()}/login/cli`);
  const json = { request: page.searchParams.get('request'), isApproved };
  const { uri, fields } = dataOf<Delivery>(await rpc('user.login.decide', { token: alice.session, json }));
  expect(new URL(uri).pathname).toBe(PATH);
  return { query: { ...Object.fromEntries(new URL(uri).searchParams), ...fields }, cookie: cookieOf(reply) };
}

test('success: with her approval the page gets a session in the cookie st, once', async () => {
  const { query, cookie } = await decided(true);
  const reply = await open(query, cookie);
  expect([reply.status, reply.headers.location]).toEqual([302, TARGET]);
  expect(reply.headers['set-cookie']?.[0]).toMatch(
    /^st=gss_\w{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
  );
  const headers = { cookie: cookieOf(reply) };
  const whoami = await rpc('user.identity.whoami', { headers });
  expect(dataOf(whoami)).toMatchObject({ name: alice.name });
  expect(codes(await open(query, cookie))).toBe('401/40102');
  const password = { password: 'x', newPassword: 'a sentence that is new' };
  expect(codes(await rpc('user.identity.changePassword', { headers, json: password }))).toBe('403/40301');
});

test('denied: the page is told, and gets no session', async () => {
  const { query, cookie } = await decided(false);
  const reply = await open(query, cookie);
  expect(reply.headers.location).toBe(`${TARGET}&error=access_denied`);
  expect(reply.headers['set-cookie']).toBeUndefined();
});

test('a code counts in the browser alone that asked for it, so that no link logs another one in', async () => {
  const { query, cookie } = await decided(true);
  const { cookie: other } = await decided(true);
  for (const wrong of ['', 'gs-login-state=', other])
    expect(codes(await open(query, wrong))).toBe('401/40102');
  expect(codes(await open({ ...query, state: '' }, 'gs-login-state='))).toBe('401/40102');
  expect(codes(await open({ ...query, code: 'x'.repeat(43) }, cookie))).toBe('401/40102');
  expect((await open(query, cookie)).status).toBe(302);
});

test('prompt=login wants a sign-in that is newer than the request', async () => {
  const reply = await open({ target_link_uri: TARGET, prompt: 'login' });
  const request = new URL(reply.headers.location ?? '').searchParams.get('request');
  const json = { request, isApproved: true };
  expect(codes(await rpc('user.login.decide', { token: alice.session, json }))).toBe('403/40301');
});

test.each(['', 'pages.example.org', 'https://evil.example/', 'javascript:alert(1)', '//evil.example/'])(
  'a target elsewhere is refused, before and after: %j',
  async (target_link_uri) => {
    expect(codes(await open({ target_link_uri }))).toBe('400/40001');
    const { query, cookie } = await decided(true);
    expect(codes(await open({ ...query, target_link_uri }, cookie))).toBe('400/40001');
  },
);

test('under a foreign host, and by another verb, it does nothing', async () => {
  const path = `${PATH}?${new URLSearchParams({ target_link_uri: TARGET })}`;
  expect(codes(await send({ path, headers: { host: 'evil.example' } }))).toBe('403/40301');
  expect(codes(await send({ path, method: 'POST', body: Buffer.alloc(0) }))).toBe('404/40402');
});
