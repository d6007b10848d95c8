import { expect, type Page } from '@playwright/test';
import { queryOnce } from '#lib/testing/database.ts';
import { freeLogin, makeAccount, test } from './support/providers.ts';
import { signInThere } from './support/real-issuer.ts';

const LAB = 'Continue with Lab single sign-on';

async function goToLab(page: Page, path = '/login'): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: LAB }).click();
}

/** Signs somebody up by the issuer; they are signed in afterwards. */
async function signUpThere(page: Page, login: string): Promise<void> {
  await goToLab(page);
  await signInThere(page, login);
  await makeAccount(page);
  await page.waitForURL('**/storage');
}

test('the first time makes an account under a name of one’s choice, the second time signs in, and both return', async ({
  page,
  context,
  station,
}) => {
  const login = freeLogin('Mira');
  await goToLab(page, '/login?from=%2Fsettings%2Ftokens');
  await signInThere(page, login);
  await page.waitForURL(/\/signup\/identity/);
  await expect(page.getByLabel('User name')).toHaveValue(login.toLowerCase());
  await expect(page.getByText(`as ${login}`)).toBeVisible();
  await makeAccount(page);
  await page.waitForURL('**/settings/tokens');
  await context.clearCookies({ name: 'gs-session' });
  await goToLab(page, '/login?from=%2Fsettings%2Fsessions');
  await page.waitForURL('**/settings/sessions');
  const [account] = await queryOnce<{ email: string; verified: string; provider: string }>(
    station.databaseUrl,
    `SELECT email, email_verified_at IS NOT NULL AS verified, provider FROM app_user
     JOIN identity ON user_id = app_user.id WHERE name = $1`,
    [login.toLowerCase()],
  );
  expect(account).toMatchObject({ email: `${login}@lab.example`, verified: true, provider: 'oidc-lab' });
});

test('the issuer is asked for credentials again where a program wants that, and its word is checked', async ({
  page,
}) => {
  const login = freeLogin('again');
  await signUpThere(page, login);
  // The issuer has a session of theirs, and asks all the same.
  await goToLab(page, '/login?again=yes&from=%2Fsettings%2Fprofile');
  await expect(page.getByPlaceholder('Enter any login')).toBeVisible();
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.waitForURL('**/settings/profile');
  // Whoever takes the wish out of the address gets nowhere.
  await page.route('**/auth?*', (route) => {
    const url = new URL(route.request().url());
    for (const name of ['prompt', 'max_age']) url.searchParams.delete(name);
    return route.continue({ url: url.href });
  });
  await goToLab(page, '/login?again=yes&from=%2Fsettings%2Fprofile');
  await expect(page.getByRole('alert').filter({ hasText: 'did not ask you to prove' })).toBeVisible();
});

test('whoever says no at the issuer, or comes with a wrong, replayed or tampered answer, changes nothing', async ({
  page,
  context,
  station,
}) => {
  const said = (sentence: string | RegExp) =>
    expect(page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  await goToLab(page, '/login?from=%2Fsettings%2Ftokens');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await said('Lab single sign-on did not let you in, or you said no there.');
  expect(new URL(page.url()).searchParams.get('from')).toBe('/settings/tokens');

  const callbacks: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/auth/callback/')) callbacks.push(request.url());
  });
  await goToLab(page);
  await signInThere(page, freeLogin('nobody'));
  await page.waitForURL(/\/signup\/identity/);
  await page.goto(callbacks.at(-1) ?? '');
  await said('was used already');

  // The issuer's own, so that it asks again.
  await context.clearCookies({ name: /^_/ });
  await goToLab(page);
  await page.waitForURL(`${station.lab.url}/**`);
  await page.goto(`${station.url}/api/auth/callback/oidc-lab?code=x&state=wrong`);
  await said('was used already');

  await goToLab(page);
  await page.waitForURL(`${station.lab.url}/**`);
  const [flow] = (await context.cookies(station.url)).filter(({ name }) => name === 'gs-flow');
  await context.addCookies([{ name: 'gs-flow', value: `${flow?.value}x`, url: station.url }]);
  await page.goto(`${station.url}/api/auth/callback/oidc-lab?code=x&state=y`);
  await said('was used already');
  expect((await context.cookies(station.url)).map(({ name }) => name)).not.toContain('gs-session');
});

test('an issuer that is away is said to be, and works again once it is back', async ({ page, station }) => {
  await station.lab.stop();
  try {
    await goToLab(page);
    await expect(page.getByRole('alert').filter({ hasText: 'does not answer' })).toBeVisible();
  } finally {
    await station.lab.startAgain();
  }
  await goToLab(page);
  await expect(page.getByPlaceholder('Enter any login')).toBeVisible();
});
