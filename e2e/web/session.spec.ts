import { expect, type Page } from '@playwright/test';
import { call, given, newPerson, type Person } from './support/api.ts';
import { test } from './support/test.ts';

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('User name or e-mail').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function sessionCookie(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.find(({ name }) => name === 'gs-session')?.value ?? '';
}

async function isRefused({ session }: Pick<Person, 'session'>): Promise<boolean> {
  return call('user.identity.whoami', {}, session).then(
    () => false,
    () => true,
  );
}

test('signing in leads back to where the person was going', async ({ page }) => {
  const { name, password } = await newPerson('vera');
  await page.goto('/settings/tokens');
  await expect(page).toHaveURL(/\/login\?from=/);
  await signIn(page, name, password);
  await expect(page).toHaveURL('/settings/tokens');
  await expect(page.getByRole('heading', { name: 'Tokens' })).toBeVisible();
});

test('an e-mail address signs in as well', async ({ page }) => {
  const { name, password } = await newPerson('vera');
  await page.goto('/login');
  await signIn(page, `${name}@EXAMPLE.org`, password);
  await expect(page).toHaveURL('/storage');
});

test('no link leads to another server after signing in', async ({ page }) => {
  const { name, password } = await newPerson('vera');
  await page.goto('/login?from=//evil.example/storage');
  await signIn(page, name, password);
  await expect(page).toHaveURL(`${given('GS_URL')}/storage`);
});

test('a wrong password and an unknown account are told in the same words, and what was typed stays', async ({
  page,
}) => {
  const { name } = await newPerson('vera');
  const words: (string | null)[] = [];
  for (const login of [name, 'nobody-of-this-name']) {
    await page.goto('/login');
    await signIn(page, login, 'not the password');
    await expect(page.getByRole('alert').filter({ hasText: 'wrong' })).toBeVisible();
    words.push(await page.getByRole('alert').filter({ hasText: 'wrong' }).textContent());
    await expect(page.getByLabel('User name or e-mail')).toHaveValue(login);
  }
  expect(words[0]).toBe(words[1]);
});

test('signing out ends the session itself, not only its cookie', async ({ page }) => {
  const { name, password } = await newPerson('vera');
  await page.goto('/login');
  await signIn(page, name, password);
  await expect(page).toHaveURL('/storage');
  const session = await sessionCookie(page);
  expect(await isRefused({ session })).toBe(false);
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/login');
  expect(await isRefused({ session })).toBe(true);
  expect(await sessionCookie(page)).toBe('');
});

test('a session that was ended elsewhere is over at the next page, which says so', async ({
  page,
  person,
}) => {
  await page.goto('/storage');
  await expect(page.getByRole('heading', { name: 'Storage' })).toBeVisible();
  await call('user.session.dismiss', {}, person.session);
  await page.goto('/settings/tokens');
  await expect(page).toHaveURL(/\/login\?from=/);
  await expect(page.getByText('Your session ended.')).toBeVisible();
});

test('a change on a page whose session has ended says to sign in, and changes nothing', async ({
  page,
  person,
}) => {
  await page.goto('/settings/tokens');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('too late');
  await call('user.session.dismiss', {}, person.session);
  await page.getByRole('button', { name: 'Create token' }).click();
  await expect(page.getByText('Your session ended. Sign in again.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('too late');
});

test('a page that is being brought up to date while its session ends stays, and leads to signing in', async ({
  page,
  person,
}) => {
  await page.goto('/settings/tokens');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('too late');
  // The session ends after the page has seen that it counts, and before it asks for itself.
  const asked = page.waitForRequest((request) => /\/settings\/tokens\?_rsc/.test(request.url()));
  await page.route(/\/settings\/tokens\?_rsc/, async (route) => {
    await call('user.session.dismiss', {}, person.session).catch(() => {});
    await route.continue();
  });
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await asked;
  await expect(page.getByText('Your session ended.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('too late');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await expect(page).toHaveURL(/\/login\?from=/);
});

test('coming back to a page whose session has ended takes nothing away that was typed', async ({
  page,
  person,
}) => {
  // So that nothing tells the page.
  await page.route('**/api/events', (route) => route.abort());
  await page.goto('/settings/tokens');
  await page.getByLabel('Name', { exact: true }).fill('half a name');
  await call('user.session.dismiss', {}, person.session);
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(page.getByText('Your session ended.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('half a name');
});

test('the cookie is out of reach of scripts and of other sites', async ({ page }) => {
  const { name, password } = await newPerson('vera');
  await page.goto('/login');
  await signIn(page, name, password);
  await expect(page).toHaveURL('/storage');
  const cookies = await page.context().cookies();
  expect(cookies.find((cookie) => cookie.name === 'gs-session')).toMatchObject({
    httpOnly: true,
    sameSite: 'Lax',
  });
});

test('a name that is taken is told inside the form, which keeps what was typed', async ({ page }) => {
  const { name } = await newPerson('vera');
  await page.goto('/signup');
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('E-mail').fill('other@example.org');
  await page.getByLabel('Password').fill('a sentence is fine');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByText(`The user name ${name} is taken.`)).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue('other@example.org');
});

test('the theme stays over a reload, from before the first paint on', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await page.goto('/storage');
  await page.getByRole('button', { name: 'Switch theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.route('**/*.js*', (route) => route.abort());
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
