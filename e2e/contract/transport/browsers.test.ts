import { describe, expect, test } from 'vitest';
import { codes, origin, rpc } from '../client.ts';
import { freeName, fromAnywhere } from '../people.ts';

const password = 'a sentence that nobody guesses';

describe('what needs no token', () => {
  const account = () => ({ name: freeName('page'), email: 'page@example.org', password });

  test.each([
    ['from a foreign page', { via: 'POST' as const, headers: { origin: 'https://evil.example.org' } }],
    ['under a foreign Host', { via: 'POST' as const, headers: { host: 'rebound.example.org' } }],
    ['by GET', { via: 'GET' as const, headers: {} }],
  ])('makes no account and lets nobody in %s', async (_where, { via, headers }) => {
    const wanted = account();
    const call = { via, query: wanted, headers: { ...headers, ...fromAnywhere() } };
    expect(codes(await rpc('user.identity.signUp', call))).toBe('403/40301');
    expect(codes(await rpc('user.identity.passwordLogin', call))).toBe('403/40301');
    const login = await rpc('user.identity.passwordLogin', { json: wanted, headers: fromAnywhere() });
    expect(codes(login)).toBe('401/40102');
  });

  test('works from our own pages, also with the cookie of a session that is over', async () => {
    const cookie = `gs-session=gss_${'x'.repeat(43)}`;
    const headers = { origin: origin(), cookie, ...fromAnywhere() };
    expect(codes(await rpc('user.identity.signUp', { json: account(), headers }))).toBe('200/20000');
  });

  test.each(['token junk', 'Basic eDp5', 'Bearer'])(
    'is not opened to foreign pages by an Authorization that cannot be read (%s)',
    async (authorization) => {
      const headers = { authorization, origin: 'https://evil.example.org', host: 'evil.example.org' };
      const reply = await rpc('user.identity.signUp', { json: account(), headers });
      expect(codes(reply)).toBe('403/40301');
    },
  );
});
