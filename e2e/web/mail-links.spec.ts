import { expect, type Page } from '@playwright/test';
import { expectNoFindingsAnywhere, expectNoSidewaysScroll } from './support/accessibility.ts';
import { call, newPerson, type Person } from './support/api.ts';
import { enter, tabTo } from './support/keyboard.ts';
import { test } from './support/mail-server.ts';

const NEW_PASSWORD = 'quite another sentence';
const OVER = 'This link does not work any more. Ask for a new one.';

const emailOf = ({ name }: Person) => `${name}@example.org`;

async function forget(page: Page, login: string): Promise<void> {
  await page.goto('/login');
  await enter(page, page.getByRole('link', { name: 'Forgot the password?' }));
  await tabTo(page, page.getByLabel('User name or e-mail'));
  await page.keyboard.type(login);
  await page.keyboard.press('Enter');
  await expect(page.getByText('If there is such an account')).toBeVisible();
}

test('an address is confirmed by the link that is asked for on the profile, by a click and not by looking', async ({
  page,
  person,
  station,
}) => {
  await page.goto('/settings/profile');
  await expect(page.getByText('Your e-mail address is not confirmed yet')).toBeVisible();
  await enter(page, page.getByRole('button', { name: 'Send a link' }));
  await expect(page.getByText(`A link is on its way to ${emailOf(person)}.`)).toBeVisible();
  await expectNoFindingsAnywhere(page);
  const link = await station.linkTo(emailOf(person));
  await page.goto(link);
  await page.goto(link);
  await expect(page.getByText(`will be the confirmed address of the account ${person.name}`)).toBeVisible();
  await expectNoFindingsAnywhere(page);
  await expectNoSidewaysScroll(page);
  await enter(page, page.getByRole('button', { name: 'Confirm the address' }));
  await expect(page.getByText(`${emailOf(person)} is confirmed.`)).toBeVisible();
  await page.getByRole('link', { name: 'Go to your profile' }).click();
  await expect(page.getByText('Your e-mail address is confirmed.')).toBeVisible();
  await page.goto(link);
  await expect(page.getByText(OVER)).toBeVisible();
});

test('a forgotten password is set anew by mail, which ends every session', async ({ page, station }) => {
  const person = await newPerson('wanda');
  await station.admin('user', 'verify', person.name);
  await forget(page, person.name);
  await expectNoFindingsAnywhere(page);
  const link = await station.linkTo(emailOf(person));
  await page.goto(link);
  await expect(page.getByLabel('User name')).toHaveValue(person.name);
  await expectNoFindingsAnywhere(page);
  await expectNoSidewaysScroll(page);
  await tabTo(page, page.getByLabel('New password'));
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  await expect(page.getByText('A password needs 12 characters or more')).toBeVisible();
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your password is changed, and you are signed out everywhere.')).toBeVisible();
  await expect(call('user.identity.whoami', {}, person.session)).rejects.toThrow();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('User name or e-mail').fill(emailOf(person));
  await page.getByLabel('Password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Storage' })).toBeVisible();
  await page.goto('/settings/activity');
  await expect(page.getByText('Set a new password by a link')).toBeVisible();
});

test('nobody learns from the page whether there is an account', async ({ page }) => {
  await forget(page, 'nobody-of-that-name');
});

for (const path of [
  '/reset?link=made-up',
  '/verify?link=made-up',
  '/signup?invitation=made-up',
  '/reset',
  '/verify',
]) {
  test(`${path} says that its link does not work`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByText(OVER)).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await expectNoFindingsAnywhere(page);
  });
}
