import { expect, type Page } from '@playwright/test';
import { expectAccessible, expectNoFindings, expectNoSidewaysScroll } from './support/accessibility.ts';
import { call, newPerson } from './support/api.ts';
import { tabTo } from './support/keyboard.ts';
import { freeLogin, makeAccount, test } from './support/providers.ts';
import { signInThere } from './support/real-issuer.ts';

const METHODS = '/settings/sign-in-methods';
const LAB = 'Lab single sign-on';

async function goToLab(page: Page): Promise<void> {
  await page.goto('/login');
  await page.getByRole('button', { name: `Continue with ${LAB}` }).click();
}

async function link(page: Page): Promise<void> {
  await page.goto(METHODS);
  await page.getByRole('button', { name: `Link ${LAB}` }).click();
}

test('a person links an issuer, signs in by it, and unlinks it by keyboard alone', async ({
  page,
  context,
  person,
  station,
}) => {
  await link(page);
  await signInThere(page, freeLogin('linked'));
  await expect(page.getByText(`You can sign in by ${LAB} from now on.`)).toBeVisible();
  await context.clearCookies({ name: 'gs-session' });
  await goToLab(page);
  await page.waitForURL('**/storage');
  const [session] = (await context.cookies(station.url)).filter(({ name }) => name === 'gs-session');
  expect(await call('user.identity.whoami', {}, session?.value)).toMatchObject({ name: person.name });
  await page.goto(METHODS);
  await tabTo(page, page.getByRole('button', { name: `Unlink ${LAB}` }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: `Unlink ${LAB}?` });
  await expect(dialog).toBeVisible();
  await expectNoFindings(page);
  await tabTo(page, dialog.getByRole('button', { name: 'Unlink' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${LAB} is unlinked.`)).toBeVisible();
  await expect(page.getByRole('button', { name: `Link ${LAB}` })).toBeVisible();
  await page.goto('/settings/activity');
  for (const act of ['Linked a sign-in method', 'Unlinked a sign-in method'])
    await expect(page.getByText(act).first()).toBeVisible();
});

test('a sign-in never links: with a live session, and with the e-mail address of another account', async ({
  page,
  context,
  person,
}) => {
  const login = freeLogin('stranger');
  const { password, session } = person;
  await call('user.identity.updateProfile', { email: `${login}@lab.example`, password }, session);
  await page.goto('/login?again=yes&from=%2Fstorage');
  await page.getByRole('button', { name: `Continue with ${LAB}` }).click();
  await signInThere(page, login);
  await expect(page.getByRole('alert').filter({ hasText: 'Nobody here signs in by that' })).toBeVisible();
  await context.clearCookies({ name: 'gs-session' });
  await goToLab(page);
  await makeAccount(page);
  await page.waitForURL('**/storage');
  // The address was only said to be theirs; the issuer has seen that it is the other’s.
  const [mine, theirs] = [
    await call<{ email: string | null }>('user.identity.whoami', {}, person.session),
    (await context.cookies()).find(({ name }) => name === 'gs-session')?.value,
  ];
  expect(mine.email).toBeNull();
  expect(await call('user.identity.whoami', {}, theirs)).toMatchObject({ email: `${login}@lab.example` });
});

test('what signs in another account is not linked, and that account is not named', async ({
  page,
  context,
  station,
}) => {
  const login = freeLogin('owner');
  await goToLab(page);
  await signInThere(page, login);
  await makeAccount(page);
  await page.waitForURL('**/storage');
  const other = await newPerson('other');
  await context.addCookies([{ name: 'gs-session', value: other.session, url: station.url }]);
  await link(page);
  const refusal = page.getByRole('alert').filter({ hasText: 'signs in another account here' });
  await expect(refusal).toBeVisible();
  await expect(page.getByText(login)).toHaveCount(0);
  await expect(page.getByRole('button', { name: `Link ${LAB}` })).toBeVisible();
});

test('a linking ends in the session that began it alone', async ({ page, context, person, station }) => {
  expect(person.name).toBeTruthy();
  const victim = await newPerson('victim');
  await link(page);
  await page.getByPlaceholder('Enter any login').waitFor();
  await context.addCookies([{ name: 'gs-session', value: victim.session, url: station.url }]);
  await signInThere(page, freeLogin('attacker'));
  await expect(page.getByRole('alert').filter({ hasText: 'began in another session' })).toBeVisible();
  expect(await call<{ identities: object[] }>('user.identity.listMethods', {}, victim.session)).toMatchObject(
    { identities: [] },
  );
});

test('the only way in stays until there is a password, which is set on the same page', async ({ page }) => {
  await goToLab(page);
  await signInThere(page, freeLogin('only'));
  await makeAccount(page);
  await page.waitForURL('**/storage');
  await page.goto(METHODS);
  await expect(page.getByText('Your only way in')).toBeVisible();
  await expectAccessible(page, METHODS);
  await expectNoSidewaysScroll(page);
  await page.getByLabel('New password').fill('a sentence that nobody guesses');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByText('Your password is set.')).toBeVisible();
  await page.getByRole('button', { name: `Unlink ${LAB}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click();
  await expect(page.getByText(`${LAB} is unlinked.`)).toBeVisible();
});

test('axe finds nothing on the pages with providers in both themes, and nothing overflows', async ({
  page,
}) => {
  for (const path of ['/login', '/signup', '/login?problem=away&provider=oidc-lab']) {
    await expectAccessible(page, path);
    await expectNoSidewaysScroll(page);
  }
  await goToLab(page);
  await signInThere(page, freeLogin('axe'));
  await page.waitForURL(/\/signup\/identity/);
  await expectAccessible(page, new URL(page.url()).pathname);
  await expectNoSidewaysScroll(page);
});
