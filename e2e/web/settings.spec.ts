import { expect } from '@playwright/test';
import { expectAccessible, expectNoFindings, expectNoSidewaysScroll } from './support/accessibility.ts';
import { call } from './support/api.ts';
import { tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

const PAGES = ['/settings/profile', '/settings/appearance'];
const NEW_PASSWORD = 'quite another sentence';

test('a new name stands in the rail at once, and a new address signs in', async ({ page, person }) => {
  await page.goto('/settings');
  await expect(page).toHaveURL('/settings/profile');
  await expect(page.getByLabel('User name and namespace')).toHaveValue(person.name);
  await expect(page.getByLabel('User name and namespace')).not.toBeEditable();
  const save = page.getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await page.getByLabel('Name', { exact: true }).fill('Vera Rubin');
  await page.getByLabel('E-mail').fill(`vera.${person.name}@example.com`);
  const password = page.getByLabel('Current password, for the new address');
  await password.fill('not the password');
  await save.click();
  await expect(page.getByText('The current password is wrong. Check it and try again.')).toBeVisible();
  await expectNoFindings(page);
  await password.fill(person.password);
  await save.click();
  await expect(page.getByText('Your profile is saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Account: Vera Rubin' })).toBeVisible();
  await expect(save).toBeDisabled();
  await page.reload();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Vera Rubin');
  const login = { name: `vera.${person.name}@example.com`, password: person.password };
  expect(await call('user.identity.passwordLogin', login)).toHaveProperty('token');
});

test('what the server refuses is said inside the form, which keeps what was typed', async ({
  page,
  person,
}) => {
  await page.goto('/settings/profile');
  await page.getByLabel('E-mail').fill('vera@nowhere');
  await page.getByLabel('Current password, for the new address').fill(person.password);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'This is not an e-mail address.' })).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue('vera@nowhere');
  await expectNoFindings(page);
});

test('a new password by keyboard alone: it signs in, and the old one and other sign-ins are over', async ({
  page,
  person,
}) => {
  const { name, password } = person;
  const { token: elsewhere } = await call<{ token: string }>('user.identity.passwordLogin', {
    name,
    password,
  });
  await page.goto('/settings/profile');
  await tabTo(page, page.getByRole('textbox', { name: 'Current password', exact: true }));
  await page.keyboard.type('not the password');
  await page.keyboard.press('Tab');
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  await expect(page.getByText('A password needs 12 characters or more')).toBeVisible();
  await expect(page.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(NEW_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The current password is wrong.')).toBeVisible();
  await expect(page.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true');
  await expectNoFindings(page);
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByLabel('Current password')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your password is changed.')).toBeVisible();
  await expect(page.getByLabel('Current password')).toHaveValue('');

  await expect(call('user.identity.whoami', {}, elsewhere)).rejects.toThrow();
  await expect(call('user.identity.passwordLogin', { name, password })).rejects.toThrow();
  expect(await call('user.identity.passwordLogin', { name, password: NEW_PASSWORD })).toHaveProperty('token');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Password' })).toBeVisible();
});

test('the profile by keyboard alone', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await page.goto('/settings/profile');
  await tabTo(page, page.getByRole('textbox', { name: 'Name', exact: true }));
  await page.keyboard.type('Vera');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your profile is saved.')).toBeVisible();
});

test('the theme is one choice, wherever it is made', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await page.goto('/settings/appearance');
  await tabTo(page, page.getByRole('radio', { name: 'System', exact: true }));
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Switch theme' }).click();
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeChecked();
  await page.getByRole('menuitemradio', { name: 'Light' }).click();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
});

test('the account menu leads to each of them', async ({ page, person }) => {
  await page.goto('/storage');
  for (const title of ['Profile', 'Tokens', 'Appearance']) {
    await page.getByRole('button', { name: `Account: ${person.name}` }).click();
    await page.getByRole('menuitem', { name: title }).click();
    await expect(page).toHaveURL(`/settings/${title.toLowerCase()}`);
    await expect(page).toHaveTitle(`${title} · Groundstation`);
    const nav = page.getByRole('navigation', { name: 'Settings' });
    await expect(nav.getByRole('link', { name: title })).toHaveAttribute('aria-current', 'page');
  }
});

for (const path of PAGES) {
  test(`axe finds nothing on ${path} in both themes, and nothing overflows`, async ({ page, person }) => {
    expect(person.name).toBeTruthy();
    await expectAccessible(page, path);
    await expectNoSidewaysScroll(page);
  });
}
