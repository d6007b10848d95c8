import { afterAll, describe, expect, test } from 'vitest';
import { detail, freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, origin, rpc } from '../client.ts';
import { newPerson } from '../people.ts';

const alice = await newPerson('alice');
afterAll(() => removeAll(alice));

describe.each(['st', 'gs-session'])('the cookie %s', (cookieName) => {
  const cookie = `other=1; ${cookieName}=${alice.session}; last=2`;

  test('reads by GET and by POST', async () => {
    for (const via of ['GET', 'POST'] as const)
      expect(dataOf(await rpc('user.identity.whoami', { via, headers: { cookie } }))).toMatchObject({
        name: alice.name,
      });
  });

  test.each([
    ['from our own pages', () => ({ origin: origin() })],
    ['without an Origin', () => ({})],
  ])('writes by POST %s', async (_where, headers) => {
    const { _id: id } = await pushed(alice, { name: freshName('mine') });
    const call = { headers: { cookie, ...headers() }, json: { id, public: true } };
    expect(dataOf(await rpc('artifact.update', call))).toMatchObject({ visibility: 'public' });
  });

  test.each([
    ['by GET', { via: 'GET' as const, headers: {} }],
    ['by GET from our own pages', { via: 'GET' as const, headers: { origin: 'OWN' } }],
    ['from a foreign page', { via: 'POST' as const, headers: { origin: 'https://evil.example.org' } }],
    ['from a page without an origin', { via: 'POST' as const, headers: { origin: 'null' } }],
    ['from another port of this host', { via: 'POST' as const, headers: { origin: 'http://127.0.0.1:1' } }],
    [
      'from a page with our name as a prefix',
      { via: 'POST' as const, headers: { origin: 'OWN.example.org' } },
    ],
  ])('does not write %s', async (_where, { via, headers }) => {
    const artifact = await pushed(alice, { name: freshName('safe') });
    const own = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key, value.replace('OWN', origin())]),
    );
    const call = { via, headers: { cookie, ...own }, query: { id: artifact._id, public: 'true' } };
    expect(codes(await rpc('artifact.update', call))).toBe('403/40301');
    expect(codes(await rpc('artifact.delete', call))).toBe('403/40301');
    expect(await detail(alice, { id: artifact._id })).toEqual(artifact);
  });

  test('counts under a Host of our own only', async () => {
    const headers = { cookie, host: 'rebound.example.org' };
    expect(codes(await rpc('user.identity.whoami', { headers }))).toBe('403/40301');
  });

  test('is 401/40103 when it is wrong', async () => {
    const headers = { cookie: `${cookieName}=nonsense` };
    expect(codes(await rpc('user.identity.whoami', { headers }))).toBe('401/40103');
  });
});

test('a page of CORS_ORIGINS acts with the cookie that it was given, not with that of our own pages', async () => {
  const from = { origin: 'https://pages.example.org' };
  const own = { ...from, cookie: `gs-session=${alice.session}` };
  const given = { ...from, cookie: `gs-session=nonsense; st=${alice.session}` };
  expect(codes(await rpc('user.identity.whoami', { headers: own }))).toBe('401/40103');
  expect(codes(await rpc('user.session.endOthers', { headers: own }))).toBe('401/40103');
  expect(codes(await rpc('user.identity.whoami', { headers: given }))).toBe('200/20000');
});

test('a token in the header writes by GET, from any page, under any Host', async () => {
  const { _id: id } = await pushed(alice, { name: freshName('mine') });
  const headers = { origin: 'https://evil.example.org', host: 'rebound.example.org' };
  const call = { token: alice.token, via: 'GET' as const, query: { id, public: 'true' }, headers };
  expect(dataOf(await rpc('artifact.update', call))).toMatchObject({ visibility: 'public' });
});
