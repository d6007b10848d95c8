import { expect, type Page } from '@playwright/test';
import { queryOnce } from '#lib/testing/database.ts';
import { ensurePythonEnv } from '../../scripts/python-envs.ts';
import { call, given, newPerson, type Person } from './support/api.ts';
import { type Command, Terminal } from './support/program.ts';
import { test as base } from './support/test.ts';

/** Starting Python and its imports take their time. */
const PATIENT = { timeout: 30_000 };
const TOKEN = /gst_[0-9A-Za-z]{40}_[0-9A-Za-z]{6}/;

const SDKS = ['0.13', '0.19', '0.22', '0.26', '0.30', '0.39'];
/** How each of them can log in besides its command line. */
const FUNCTIONS = [
  ['hubble-sdk-0.13', 'async'],
  ['hubble-sdk-0.19', 'async'],
  ['hubble-sdk-0.22', 'sync'],
  ['hubble-sdk-0.22', 'async'],
  ['hubble-sdk-0.26', 'sync'],
  ['hubble-sdk-0.26', 'async'],
  ['hubble-sdk-0.30', 'sync'],
  ['hubble-sdk-0.30', 'async'],
  ['hubble-sdk-0.39', 'sync'],
  ['hubble-sdk-0.39', 'async'],
  ['docarray-0.19', 'docarray'],
  ['docarray-0.21', 'docarray'],
] as const;

/** Playwright's test with the terminals of several clients; all of a file, so that no two make one environment at once. */
const test = base.extend<{ openTerminal(client: string): Promise<Terminal> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  openTerminal: async ({}, use) => {
    const opened: Terminal[] = [];
    await use(async (client) => {
      const terminal = await Terminal.open((await ensurePythonEnv(client)).python);
      opened.push(terminal);
      return terminal;
    });
    for (const terminal of opened) await terminal.close();
  },
});

// The first use of a client installs it.
test.describe.configure({ mode: 'default', timeout: 600_000 });

/** Opens the link of a program that asks, and signs in there. */
async function openLink(page: Page, login: Command, { name, password }: Person): Promise<void> {
  await expect.poll(() => login.link, PATIENT).not.toBeNull();
  await page.goto(login.link ?? '');
  // Some ask for a new sign-in, and some do not; nobody is signed in here.
  await page.getByLabel('User name or e-mail').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'A program wants to log in as you' })).toBeVisible();
}

/** What a command prints, when it ends well. */
async function output(command: Command): Promise<string> {
  const code = await command.ended;
  if (code !== 0) throw new Error(`ended with ${code}: ${command.output}`);
  return command.output;
}

for (const version of SDKS) {
  test(`jina auth of SDK ${version}: login approved, tokens made, listed and deleted, then revoked and logged out`, async ({
    page,
    openTerminal,
  }) => {
    const terminal = await openTerminal(`hubble-sdk-${version}`);
    const person = await newPerson('mira');
    const login = terminal.jinaAuth('login');
    await openLink(page, login, person);
    await page.getByRole('button', { name: 'Approve' }).click();
    await expect(page.getByRole('heading', { name: 'You are logged in' })).toBeVisible();
    expect(await output(login)).toMatch(/Successfully log/);

    // Older ones draw a narrow frame around it, which breaks it into lines.
    const made = (await output(terminal.jinaAuth('token', 'create', 'ci', '-e', '3'))).replaceAll(
      /[│\s]/g,
      '',
    );
    expect(await call('user.identity.whoami', {}, TOKEN.exec(made)?.[0])).toMatchObject({
      name: person.name,
    });
    expect(await output(terminal.jinaAuth('token', 'list'))).toMatch(/\bci\b/);
    await output(terminal.jinaAuth('token', 'delete', 'ci'));
    expect(await output(terminal.jinaAuth('token', 'list'))).not.toMatch(/\bci\b/);

    await call('user.session.endOthers', {}, person.session);
    const revoked = terminal.jinaAuth('token', 'list');
    expect(await revoked.ended).not.toBe(0);
    expect(revoked.output).toMatch(/not logged in|AuthenticationRequired|401/i);
    await terminal.jinaAuth('logout').ended;
  });

  test(`jina auth of SDK ${version}: login denied, out of time, and closed`, async ({
    page,
    openTerminal,
  }) => {
    const terminal = await openTerminal(`hubble-sdk-${version}`);
    const person = await newPerson('mira');
    const denied = terminal.jinaAuth('login');
    await openLink(page, denied, person);
    await page.getByRole('button', { name: 'Deny' }).click();
    await expect(page.getByRole('heading', { name: 'You denied it' })).toBeVisible();
    expect(await output(denied)).toContain('The login was denied in the browser.');

    const late = terminal.jinaAuth('login');
    await expect.poll(() => late.link, PATIENT).not.toBeNull();

    await queryOnce(
      given('GS_DATABASE_URL'),
      `UPDATE login_request SET expires_at = now()
      WHERE link_hash = sha256(convert_to($1, 'UTF8'))`,
      [new URL(late.link ?? '').searchParams.get('request')],
    );
    expect(await output(late)).toContain('Nobody approved the login in time. Log in again.');

    const closed = terminal.jinaAuth('login');
    await expect.poll(() => closed.link, PATIENT).not.toBeNull();
    closed.interrupt();
    await closed.ended;
    const isGone = async () => {
      await page.goto(closed.link ?? '');
      return page.getByRole('heading', { name: 'This login does not wait any more' }).isVisible();
    };
    await expect.poll(isGone, PATIENT).toBe(true);
    expect(await terminal.jinaAuth('token', 'list').ended).not.toBe(0);
  });
}

for (const [client, how] of FUNCTIONS) {
  test(`${client} logs in by its function, ${how}, and knows who it is`, async ({ page, openTerminal }) => {
    const terminal = await openTerminal(client);
    const person = await newPerson('mira');
    const login = terminal.loginBy(how);
    await openLink(page, login, person);
    await page.getByRole('button', { name: 'Approve' }).click();
    const { _id } = await call<{ _id: string }>('user.identity.whoami', {}, person.session);
    expect(await output(login)).toContain(`I am ${_id}`);
  });
}
