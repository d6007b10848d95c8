import { expect, type Page } from '@playwright/test';
import { call } from './support/api.ts';
import { json } from './support/doubles.ts';
import type { Faults } from './support/issuer-double.ts';
import { freeLogin, makeAccount, test } from './support/providers.ts';

// Each test says what the doubles do.
test.describe.configure({ mode: 'default' });

const NOW = Math.floor(Date.now() / 1000);
const HOUR = 3600;

async function goTo(page: Page, title: string): Promise<void> {
  await page.goto('/login?from=%2Fsettings%2Ftokens');
  await page.getByRole('button', { name: `Continue with ${title}` }).click();
}

async function sessionOf(page: Page): Promise<string | undefined> {
  return (await page.context().cookies()).find(({ name }) => name === 'gs-session')?.value;
}

test('GitHub: signs up by login, with the address only that GitHub has verified, and in by the same id under a new login', async ({
  page,
  context,
  station: { github },
}) => {
  const login = freeLogin('Octo--Cat');
  const email = `${login}@example.org`;
  github.user = { id: 583231, login, name: 'Octo', emails: [{ email, primary: true, verified: true }] };
  await goTo(page, 'GitHub');
  await makeAccount(page);
  await page.waitForURL('**/settings/tokens');
  expect(Object.fromEntries(github.lastAsked ?? [])).toMatchObject({
    scope: 'read:user user:email',
    code_challenge_method: 'S256',
    response_type: 'code',
  });
  const first = await call<{ _id: string; email: string }>('user.identity.whoami', {}, await sessionOf(page));
  expect(first.email).toBe(email);
  await context.clearCookies();
  github.user = { ...github.user, login: 'renamed' };
  await goTo(page, 'GitHub');
  await page.waitForURL('**/settings/tokens');
  expect(await call('user.identity.whoami', {}, await sessionOf(page))).toMatchObject({ _id: first._id });
});

test('Google: signs up and in, and is asked who it is where a program wants that', async ({
  page,
  context,
  station: { google },
}) => {
  const login = freeLogin('goo');
  google.person = { sub: '1098', email: `${login}@gmail.example`, email_verified: true, name: 'Goo' };
  await goTo(page, 'Google');
  await makeAccount(page);
  await page.waitForURL('**/settings/tokens');
  await context.clearCookies();
  await goTo(page, 'Google');
  await page.waitForURL('**/settings/tokens');
  expect(await call('user.identity.whoami', {}, await sessionOf(page))).toMatchObject({ name: login });
  await page.goto('/login?again=yes&from=%2Fsettings%2Fprofile');
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await page.waitForURL('**/settings/profile');
  expect(google.lastAsked?.get('prompt')).toBe('select_account');
});

const RUBBISH = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>A portal</h1>' };
const AWAY = 'Google does not answer.';
const UNTRUSTED = 'was not meant for this sign-in';
const CLOCKS = 'The clocks of Google and of this server disagree.';
const STRANGE = 'answered with something that is no sign-in';
const REFUSED = 'Google refused the sign-in.';

const CASES: [what: string, faults: Faults, sentence: string][] = [
  ['a token for another sign-in', { claims: { nonce: 'another' } }, UNTRUSTED],
  ['a token of another issuer', { claims: { iss: 'https://elsewhere.example' } }, UNTRUSTED],
  ['a token for another server', { claims: { aud: 'another' } }, UNTRUSTED],
  ['a token that somebody else signed', { isForged: true }, UNTRUSTED],
  ['a token that is over', { claims: { exp: NOW - HOUR } }, CLOCKS],
  ['a token of the future', { claims: { nbf: NOW + HOUR } }, CLOCKS],
  ['a token that was issued in the future', { claims: { iat: NOW + HOUR, exp: NOW + 2 * HOUR } }, CLOCKS],
  ['a token of nobody', { claims: { sub: '' } }, STRANGE],
  ['rubbish for a token', { answers: { '/token': RUBBISH } }, STRANGE],
  ['rubbish for a description', { answers: { '/.well-known/openid-configuration': RUBBISH } }, STRANGE],
  ['a refusal', { answers: { '/token': json({ error: 'invalid_client' }, 401) } }, REFUSED],
  ['a failure of its own', { answers: { '/token': json({}, 503) } }, AWAY],
  ['nothing at all', { answers: { '/token': null } }, AWAY],
];

for (const [what, faults, sentence] of CASES) {
  test(`an issuer that gives ${what} signs nobody in, and one sentence says why`, async ({
    page,
    station: { google },
  }) => {
    google.person = { sub: `nobody ${what}` };
    google.faults = faults;
    try {
      await goTo(page, 'Google');
      await expect(page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
    } finally {
      google.faults = {};
    }
    expect(new URL(page.url()).pathname).toBe('/login');
    expect(new URL(page.url()).searchParams.get('from')).toBe('/settings/tokens');
    expect(await sessionOf(page)).toBeUndefined();
  });
}

test('a GitHub that refuses the code, or whose API is no GitHub, signs nobody in', async ({
  page,
  station: { github },
}) => {
  github.user = { ...github.user, id: 0.5 };
  await goTo(page, 'GitHub');
  await expect(page.getByRole('alert').filter({ hasText: 'GitHub answered with something' })).toBeVisible();
  expect(await sessionOf(page)).toBeUndefined();
});
