import { beforeAll, expect, test } from 'vitest';
import { codes, dataOf, rpc } from '../client.ts';
import { fromAnywhere, newPerson, type Person } from '../people.ts';

const AUTHORIZE = 'user.identity.authorize';
const UNIFIED = 'user.identity.grant.auth0Unified';
const CORS_ORIGIN = 'https://pages.example.org';

interface Delivery {
  uri: string;
  sendsForm: boolean;
  fields: Record<string, string>;
}

let alice: Person;
beforeAll(async () => {
  alice = await newPerson('alice');
});

/** Asks as a client does, by GET; the secret of the link. */
async function ask(query: string | Record<string, string>): Promise<string> {
  const reply = await rpc(AUTHORIZE, { via: 'GET', query, headers: fromAnywhere() });
  const { redirectTo } = dataOf<{ redirectTo: string }>(reply);
  expect(redirectTo).toMatch(/^http:\/\/[\w.]+:\d+\/login\/cli\?request=\w{43}$/);
  return new URL(redirectTo).searchParams.get('request') ?? '';
}

async function decide(request: string, isApproved: boolean): Promise<Delivery> {
  return dataOf<Delivery>(
    await rpc('user.login.decide', { token: alice.session, json: { request, isApproved } }),
  );
}

test('success: the oldest clients get a form for localhost, whose lists they post as they are', async () => {
  const request = await ask('provider=jina-login&redirectUri=http://localhost:8085');
  const { uri, sendsForm, fields } = await decide(request, true);
  expect({ uri, sendsForm }).toEqual({ uri: 'http://localhost:8085/', sendsForm: true });
  const form = Object.entries(fields);
  const { token } = dataOf<{ token: string }>(await rpc(UNIFIED, { form }));
  expect(dataOf(await rpc('user.identity.whoami', { token }))).toMatchObject({ name: alice.name });
  expect(codes(await rpc(UNIFIED, { form }))).toBe('401/40102');
});

test('success: in the query, with the state that the page gave, granted by GET', async () => {
  const redirect_uri = `${CORS_ORIGIN}/app?page=1`;
  const request = await ask({
    provider: 'jina-login',
    response_mode: 'query',
    redirect_uri,
    scope: 'email profile openid',
    state: 'ä & state',
  });
  const delivery = await decide(request, true);
  expect(delivery).toMatchObject({ uri: redirect_uri, sendsForm: false, fields: { state: 'ä & state' } });
  const grant = await rpc('user.identity.grant.auto', { via: 'GET', query: delivery.fields });
  expect(dataOf(grant)).toMatchObject({ user: { name: alice.name } });
});

test('denied: the program is told, and there is no code', async () => {
  const { fields } = await decide(await ask({ redirectUri: 'http://127.0.0.1:8085/cb', state: 's' }), false);
  expect(fields).toEqual({
    error: 'access_denied',
    error_description: 'The login was denied in the browser.',
    state: 's',
  });
});

test.each([
  ['none', ''],
  ['no address', 'localhost'],
  ['another host', 'http://evil.example/'],
  ['a name that begins like one', 'http://localhost.evil.example/'],
  ['a user that looks like one', 'http://localhost:80@evil.example/'],
  ['somebody’s name in it', 'http://somebody@localhost:8085/'],
  ['https on this machine, where no program has a certificate', 'https://localhost:8085/'],
  ['a script', 'javascript:alert(1)'],
  ['a file', 'file:///etc/passwd'],
  ['another port of a listed origin', `${CORS_ORIGIN}:444/`],
  ['one that is too long', `http://localhost/${'a'.repeat(2000)}`],
])('a redirect elsewhere is refused: %s', async (_what, redirectUri) => {
  const reply = await rpc(AUTHORIZE, { json: { redirectUri }, headers: fromAnywhere() });
  expect(codes(reply)).toBe('400/40001');
});

test('a state that cannot be given back, and a response mode that is none, are refused', async () => {
  const redirectUri = 'http://localhost:8085';
  for (const more of [{ state: 'a\0b' }, { state: 'a'.repeat(2001) }, { response_mode: 'fragment' }])
    expect(codes(await rpc(AUTHORIZE, { json: { redirectUri, ...more } }))).toBe('400/40001');
});
