import { expect, type Page } from '@playwright/test';
import { queryOnce } from '#lib/testing/database.ts';
import {
  expectNoFindings,
  expectNoFindingsAnywhere,
  expectNoSidewaysScroll,
} from './support/accessibility.ts';
import { call, newPerson } from './support/api.ts';
import { enter, moveTo, tabTo } from './support/keyboard.ts';
import { test } from './support/mail-server.ts';

/** Opens the menu of somebody on the list of users by keyboard, which focuses the first item, and chooses from it. */
async function choose(page: Page, name: string, item: string): Promise<void> {
  const key = item === 'Change the space' ? 'ArrowUp' : 'ArrowDown';
  await tabTo(page, page.getByRole('button', { name: `More for ${name}` }));
  await page.keyboard.press('Enter');
  await moveTo(page, key, page.getByRole('menuitem', { name: item }));
  await page.keyboard.press('Enter');
}

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test.beforeEach(async ({ page, station }) => {
  await station.signInAsAdministrator(page);
});

test('a user is found, gets more space, and the list says so', async ({ page }) => {
  const { name } = await newPerson('quinn');
  await page.goto('/admin/users');
  await page.getByRole('searchbox', { name: 'Name or e-mail' }).fill(name);
  await expect(page).toHaveURL(`/admin/users?search=${name}`);
  await expect(page.getByText('1–1 of 1')).toBeVisible();
  await choose(page, name, 'Change the space');
  const dialog = page.getByRole('dialog', { name: `Space of ${name}` });
  await expect(dialog.getByLabel('Space in GB')).toHaveValue('20');
  await expectNoFindings(page);
  await dialog.getByLabel('Space in GB').fill('much');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Type a number of gigabytes')).toBeVisible();
  await dialog.getByLabel('Space in GB').fill('0.5');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${name} may keep 500 MB.`)).toBeVisible();
  await expect(rowOf(page, name)).toContainText('0 bytes of 500 MB');
  await expect(page.getByRole('button', { name: `More for ${name}` })).toBeFocused();
});

test('a user is disabled after a question, and enabled again', async ({ page }) => {
  const { name, session } = await newPerson('rose');
  await page.goto(`/admin/users?search=${name}`);
  await choose(page, name, 'Disable');
  const dialog = page.getByRole('alertdialog', { name: `Disable ${name}?` });
  await expectNoFindings(page);
  await enter(page, dialog.getByRole('button', { name: 'Disable' }));
  await expect(page.getByText(`${name} is disabled.`)).toBeVisible();
  await expect(rowOf(page, name)).toContainText('Disabled');
  await expect(call('user.identity.whoami', {}, session)).rejects.toThrow();
  await choose(page, name, 'Enable');
  await expect(page.getByText(`${name} is enabled.`)).toBeVisible();
  expect(await call('user.identity.whoami', {}, session)).toMatchObject({ name });
});

test('an administrator is not offered to disable themselves', async ({ page }) => {
  await page.goto('/admin/users?search=operator');
  await page.getByRole('button', { name: 'More for operator' }).click();
  await expect(page.getByRole('menuitem', { name: 'Change the space' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Disable' })).toHaveCount(0);
});

test('an address is marked as confirmed', async ({ page }) => {
  const { name } = await newPerson('sam');
  await page.goto(`/admin/users?search=${name}`);
  await choose(page, name, 'Mark the e-mail as confirmed');
  await expect(page.getByText(`The e-mail of ${name} is confirmed.`)).toBeVisible();
  await expect(rowOf(page, name).getByText('confirmed')).toHaveCount(1);
});

test('a link to a new password is shown once, to hand over, and works', async ({
  page,
  browser,
  station,
}) => {
  const { name } = await newPerson('tess');
  await page.goto(`/admin/users?search=${name}`);
  await choose(page, name, 'Make a link to a new password');
  const dialog = page.getByRole('dialog', { name: `Hand this link to ${name}` });
  await expectNoFindings(page);
  const link = (await dialog.getByTestId('link').textContent()) ?? '';
  await enter(page, dialog.getByRole('button', { name: 'Done' }));
  await expect(dialog).toHaveCount(0);
  const context = await browser.newContext({ baseURL: station.url });
  const other = await context.newPage();
  await other.goto(link);
  await other.getByLabel('New password').fill('quite another sentence');
  await other.getByRole('button', { name: 'Change the password' }).click();
  await expect(other.getByText('Your password is changed')).toBeVisible();
  await context.close();
});

test('the list is sorted and paged by the server, by keyboard too', async ({ page, station }) => {
  await newPerson('uma');
  await page.goto('/admin/users?size=25');
  await enter(page, page.getByRole('link', { name: 'Created' }));
  await expect(page).toHaveURL('/admin/users?sort=-created&size=25');
  const statement = 'SELECT name FROM app_user ORDER BY created_at DESC LIMIT 1';
  const [newest] = await queryOnce<{ name: string }>(station.databaseUrl, statement);
  await expect(page.getByRole('row').nth(1)).toContainText(newest?.name ?? '');
  await page.goto('/admin/users?page=1000');
  await expect(page).toHaveURL('/admin/users');
});

test('who may sign up is chosen by keyboard, counts at once, and goes back to the server’s own choice', async ({
  page,
  browser,
  station,
}) => {
  const context = await browser.newContext({ baseURL: station.url });
  const guest = await context.newPage();
  await page.goto('/admin');
  await expect(page.getByRole('radio', { name: 'Open' })).toBeChecked();
  await tabTo(page, page.getByRole('radio', { name: 'Open' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText('An administrator chose this')).toBeVisible();
  await guest.goto('/signup');
  await expect(guest.getByText('On this server an administrator adds accounts.')).toBeVisible();
  await guest.goto('/login');
  await expect(guest.getByRole('link', { name: 'Sign up' })).toHaveCount(0);
  expect(await station.admin('sign-up')).toBe('invite\tchosen by an administrator');

  await page.getByRole('radio', { name: 'Closed' }).click();
  await expect(page.getByText('Who may sign up is changed.').last()).toBeVisible();
  await expect.poll(() => station.admin('sign-up')).toContain('closed');
  await page.goto('/admin/invitations');
  await expect(page.getByText('Sign-up is closed, so nobody can be invited')).toBeVisible();
  await expect(station.admin('invitation', 'add')).rejects.toThrow('Sign-up is closed.');

  await page.goto('/admin');
  await enter(page, page.getByRole('button', { name: 'Go back to what the server says' }));
  await expect(page.getByText('This is the default.')).toBeVisible();
  await guest.goto('/login');
  await expect(guest.getByRole('link', { name: 'Sign up' })).toBeVisible();
  await context.close();
});

test('a mail that failed stands on the page with its reason, and goes out when it is tried again', async ({
  page,
  station,
}) => {
  const email = `${(await newPerson('vic')).name}@example.com`;
  station.mailbox.refuse({ code: 550, message: 'mailbox is full' });
  await station.admin('invitation', 'add', '--email', email);
  station.mailbox.refuse(null);
  await page.goto('/admin');
  await page.getByRole('link', { name: /given up/ }).click();
  const row = rowOf(page, email);
  await expect(row).toContainText('Given up');
  await expect(row).toContainText('mailbox is full');
  await expectNoFindingsAnywhere(page);
  await expectNoSidewaysScroll(page);
  await enter(page, page.getByRole('button', { name: `Try now the mail to ${email}` }));
  await expect(page.getByText(`The mail to ${email} is tried again.`)).toBeVisible();
  await station.linkTo(email);
  await page.reload();
  await expect(row).toHaveCount(0);
});

test('what everybody did stands on one page, with who did it to whom', async ({ page }) => {
  const { name } = await newPerson('xena');
  await page.goto(`/admin/users?search=${name}`);
  await choose(page, name, 'Mark the e-mail as confirmed');
  await expect(page.getByText(`The e-mail of ${name} is confirmed.`)).toBeVisible();
  await enter(page, page.getByRole('navigation', { name: 'Admin' }).getByRole('link', { name: 'Activity' }));
  await page.getByRole('searchbox', { name: 'Filter by name or address' }).fill(name);
  await expect(page).toHaveURL(`/admin/activity?search=${name}`);
  const row = page.getByRole('row').filter({ hasText: 'E-mail address confirmed' });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(name);
  await expect(row).toContainText('operator');
  await page.getByRole('link', { name: 'Sign-ins' }).click();
  await expect(row).toHaveCount(0);
  await expect(page.getByRole('row').filter({ hasText: 'Signed in' })).toContainText(name);
});

for (const path of ['/admin', '/admin/activity', '/admin/users', '/admin/users?search=nobody+like+it']) {
  test(`axe finds nothing on ${path} in both themes, and nothing overflows`, async ({ page }) => {
    await page.goto(path);
    await expectNoFindingsAnywhere(page);
    await expectNoSidewaysScroll(page);
  });
}

test('what people call themselves is text to an administrator, and moves nothing else', async ({ page }) => {
  const { name, session } = await newPerson('yara');
  const displayName = '<img src=x onerror=alert(1)><b>yara</b> تجربة';
  await call('user.identity.updateProfile', { displayName }, session);
  page.on('dialog', () => expect('a script of somebody’s').toBe('not run'));
  for (const path of [`/admin/users?search=${name}`, `/admin/activity?search=${name}`]) {
    await page.goto(path);
    await expect(page.getByRole('row').filter({ hasText: name }).first()).toBeVisible();
    await expect(page.locator('main img, main b b')).toHaveCount(0);
    await expectNoSidewaysScroll(page);
  }
  await page.goto(`/admin/users?search=${name}`);
  await expect(page.getByText(displayName)).toBeVisible();
});

test('the palette goes to the pages of administrators', async ({ page }) => {
  await page.goto('/storage');
  await page.getByRole('link', { name: 'Admin' }).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('admin users');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/admin/users');
  await expect(page).toHaveTitle('Users · Groundstation');
});
