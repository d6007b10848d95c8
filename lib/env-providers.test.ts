import { describe, expect, it } from 'vitest';
import { parseEnv } from '#lib/env.ts';

const LAB = { OIDC_LAB_ISSUER: 'https://sso.lab.example/', OIDC_LAB_ID: 'id', OIDC_LAB_SECRET: 'a-secret' };

describe('the providers', () => {
  it('are none where nothing is given, and those of which all is', () => {
    expect(parseEnv({}).providers).toEqual([]);
    const { providers } = parseEnv({
      ...LAB,
      GITHUB_ID: 'id',
      GITHUB_SECRET: 'secret',
      GOOGLE_ID: 'id',
      GOOGLE_SECRET: 'secret',
      OIDC_MY_COMPANY_ISSUER: 'http://127.0.0.1:9000',
      OIDC_MY_COMPANY_ID: 'id',
      OIDC_MY_COMPANY_SECRET: 'secret',
      OIDC_MY_COMPANY_TITLE: 'My Company',
      OIDC_MY_COMPANY_SIGN_UP: 'on',
    });
    expect(providers).toMatchObject([
      { key: 'github', title: 'GitHub', url: 'https://github.com', apiUrl: 'https://api.github.com' },
      { key: 'google', title: 'Google', url: 'https://accounts.google.com' },
      { key: 'oidc-lab', title: 'Lab', url: 'https://sso.lab.example', isOpen: false },
      { key: 'oidc-my-company', title: 'My Company', isOpen: true },
    ]);
  });

  it.each([
    [{ GITHUB_ID: 'id' }, 'GITHUB_SECRET is missing; GITHUB_ID and GITHUB_SECRET belong together.'],
    [{ GOOGLE_SECRET: 'secret' }, /^GOOGLE_ID is missing/],
    [{ OIDC_LAB_ID: 'id' }, /^OIDC_LAB_ISSUER is missing; OIDC_LAB_ISSUER, OIDC_LAB_ID and/],
    [{ ...LAB, OIDC_LAB_SECRET: '' }, /^OIDC_LAB_SECRET is missing/],
    [{ OIDC_LAB_TITLE: 'Lab' }, /^OIDC_LAB_ISSUER is missing/],
    [{ ...LAB, OIDC_LAB_ISSUER: 'http://sso.lab.example' }, /^OIDC_LAB_ISSUER is .*; allowed: an https URL/],
    [{ ...LAB, OIDC_LAB_ISSUER: 'sso' }, /^OIDC_LAB_ISSUER is "sso"/],
    [{ ...LAB, OIDC_LAB_SIGN_UP: 'yes' }, /^OIDC_LAB_SIGN_UP is "yes"; allowed: on or off/],
    [{ GITHUB_ID: 'id', GITHUB_SECRET: 'secret', GITHUB_URL: 'ftp://git' }, /^GITHUB_URL is "ftp:\/\/git"/],
  ])('stop the start with one line when a part is missing or wrong: %o', (given, message) => {
    expect(() => parseEnv(given)).toThrow(message);
  });

  it('never stand in a message with their secret', () => {
    const given = { ...LAB, OIDC_LAB_ID: '' };
    expect(() => parseEnv(given)).toThrow(/^(?!.*a-secret).*$/);
  });
});
