import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, type Page } from '@playwright/test';
import { expectAccessible, expectNoFindings, expectNoSidewaysScroll } from './support/accessibility.ts';
import { call, newPerson, type Person } from './support/api.ts';
import { tabTo } from './support/keyboard.ts';
import { type Command, Terminal } from './support/program.ts';
import { test as base } from './support/test.ts';

/** Starting Python and its imports take their time. */
const PATIENT = { timeout: 30_000 };

const test = base.extend<{ terminal: Terminal }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  terminal: async ({}, use) => {
    const terminal = await Terminal.open();
    await use(terminal);
    await terminal.close();
  },
});

/** Starts a login, and gives it with its link. */
async function startLogin(terminal: Terminal): Promise<{ login: Command; link: string }> {
  const login = terminal.jinaAuth('login');
  await expect.poll(() => login.link, PATIENT).not.toBeNull();
  return { login, link: login.link ?? '' };
}

async function signIn(page: Page, { name, password }: Person): Promise<void> {
  await page.getByLabel('User name or e-mail').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'A program wants to log in as you' })).toBeVisible();
}

test('jina auth login: approved by somebody who signs in for it, it is logged in until it logs out', async ({
  page,
  terminal,
}) => {
  const person = await newPerson('mira');
  const { login, link } = await startLogin(terminal);
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await signIn(page, person);
  await expect(page.getByText('python-requests')).toBeVisible();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByRole('heading', { name: 'You are logged in' })).toBeVisible();
  expect(await login.ended).toBe(0);
  expect(login.output).toContain(
    `Successfully logged in to Jina AI as ${person.name} (username: ${person.name})`,
  );

  const create = terminal.jinaAuth('token', 'create', 'ci', '--format', 'raw');
  expect(await create.ended).toBe(0);
  const token = /gst_\w+/.exec(create.output)?.[0];
  expect(await call('user.identity.whoami', {}, token)).toMatchObject({ name: person.name });
  expect(await terminal.jinaAuth('logout').ended).toBe(0);
  const after = terminal.jinaAuth('token', 'list');
  await after.ended;
  expect(after.output).toMatch(/not logged in/i);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This login does not wait any more' })).toBeVisible();
});

test('whoever is signed in proves once more that it is them, because the program asks for it', async ({
  page,
  person,
  terminal,
}) => {
  const { login, link } = await startLogin(terminal);
  await page.goto(link);
  await expect(page.getByText('The program asks you to prove that it is you.')).toBeVisible();
  await expect(page.getByLabel('User name or e-mail')).toHaveValue(person.name);
  await signIn(page, person);
  await page.getByRole('button', { name: 'Approve' }).click();
  expect(await login.ended).toBe(0);
  expect(login.output).toContain('Successfully logged in');
  // The sign-in before it is over: this browser has forgotten it.
  await expect(call('user.identity.whoami', {}, person.session)).rejects.toThrow();
});

test('denied by keyboard alone: the program says so and has nothing', async ({ page, person, terminal }) => {
  const { login, link } = await startLogin(terminal);
  await page.goto(link);
  await signIn(page, person);
  await tabTo(page, page.getByRole('button', { name: 'Deny' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'You denied it' })).toBeVisible();
  await login.ended;
  expect(login.output).toContain('Authentication failed: The login was denied in the browser.');
  const list = terminal.jinaAuth('token', 'list');
  await list.ended;
  expect(list.output).toMatch(/not logged in/i);
});

test('a program that went away cannot be let in any more', async ({ page, person, terminal }) => {
  const { login, link } = await startLogin(terminal);
  await page.goto(link);
  await signIn(page, person);
  login.interrupt();
  await login.ended;
  // It takes the server a moment to notice.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: 'This login does not wait any more' })).toBeVisible({
      timeout: 1000,
    });
  }).toPass(PATIENT);
});

test('another account is signed in for it, and the link is not lost', async ({ page, person, terminal }) => {
  const other = await newPerson('other');
  const { login, link } = await startLogin(terminal);
  await page.goto(link);
  await signIn(page, person);
  await page.getByRole('button', { name: 'Use another' }).click();
  await signIn(page, other);
  await page.getByRole('button', { name: 'Approve' }).click();
  expect(await login.ended).toBe(0);
  expect(login.output).toContain(`username: ${other.name}`);
});

test('from another address than the person’s: both are named, and the safe button is first', async ({
  page,
  person,
  terminal,
}) => {
  // The tests' own page says that it is at an address of its own; the terminal is at this machine's.
  const { link } = await startLogin(terminal);
  await page.goto(link);
  await signIn(page, person);
  await expect(page.getByText(/The program asks from 127\.0\.0\.1, and you are at 10\./)).toBeVisible();
  const buttons = page.getByRole('main').getByRole('button', { name: /^(Approve|Deny)$/ });
  await expect(buttons).toHaveText(['Deny', 'Approve']);
});

test('axe finds nothing on it in both themes, and nothing overflows', async ({ page, person, terminal }) => {
  const { link } = await startLogin(terminal);
  await page.goto(link);
  await signIn(page, person);
  await expectNoFindings(page);
  await expectAccessible(page, new URL(link).pathname + new URL(link).search);
  await expectNoSidewaysScroll(page);
});

/** A program that waits for its code on a port of this machine, as the oldest clients do. */
async function listen(): Promise<{ uri: string; received: Promise<URLSearchParams>; close(): void }> {
  const { promise: received, resolve } = Promise.withResolvers<URLSearchParams>();
  const server = http.createServer(async (request, response) => {
    const query = request.method === 'POST' ? await text(request) : (request.url ?? '').split('?')[1];
    resolve(new URLSearchParams(query));
    response.setHeader('content-type', 'text/html').end('<h1>Received</h1>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { uri: `http://localhost:${port}/`, received, close: () => server.close() };
}

for (const mode of ['form_post', 'query']) {
  test(`a program that listens on this machine gets its code there, by ${mode}`, async ({ page, person }) => {
    const program = await listen();
    try {
      const asked = { redirectUri: program.uri, response_mode: mode, state: 'a state' };
      const { redirectTo } = await call<{ redirectTo: string }>('user.identity.authorize', asked);
      await page.goto(redirectTo);
      await expect(page.getByText(program.uri)).toBeVisible();
      await page.getByRole('button', { name: 'Approve' }).click();
      await expect(page.getByRole('heading', { name: 'Received' })).toBeVisible();
      const { code, state } = Object.fromEntries(await program.received);
      expect(state).toBe('a state');
      expect(await call('user.identity.grant.auto', { code, state })).toMatchObject({
        user: { name: person.name },
      });
    } finally {
      program.close();
    }
  });
}

test('a page that logs people in by their browser gets a session of theirs in the cookie st', async ({
  page,
  context,
  person,
}) => {
  const site = await listen();
  try {
    await page.goto(`/v2/oidc/authorize?target_link_uri=${encodeURIComponent(site.uri)}`);
    await page.getByRole('button', { name: 'Approve' }).click();
    await expect(page.getByRole('heading', { name: 'Received' })).toBeVisible();
    const cookies = await context.cookies();
    const { value } = cookies.find(({ name }) => name === 'st') ?? {};
    expect(await call('user.identity.whoami', {}, value)).toMatchObject({ name: person.name });
  } finally {
    site.close();
  }
});
