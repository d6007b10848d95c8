import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { addUser, PASSWORD } from '#lib/testing/admin.ts';
import { openLogin, type ProgramLogin } from '#lib/testing/program-login.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';

/** A program waits for longer than this. */
const IDLE_MS = 1000;

let one: TestServer;
let other: TestServer;

beforeAll(async () => {
  one = await startTestServer({ IDLE_TIMEOUT_MS: String(IDLE_MS) });
  await addUser({ DATA_DIR: one.dataDir }, 'mira');
  other = await startTestServer({ DATABASE_URL: one.databaseUrl, DATA_DIR: one.dataDir, ROLE: 'web' });
});

afterAll(async () => {
  await other.stop();
  await one.stop();
});

/** Calls a method by JSON; its HTTP status and its data. */
async function call<Data>(url: string, method: string, json: unknown, token?: string) {
  const reply = await fetch(`${url}/v2/rpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `token ${token}` } : {}) },
    body: JSON.stringify(json),
  });
  const { data } = (await reply.json()) as { data: Data };
  return { http: reply.status, data };
}

async function signIn(url: string): Promise<string> {
  const account = { name: 'mira', password: PASSWORD };
  return (await call<{ token: string }>(url, 'user.identity.passwordLogin', account)).data.token;
}

async function open(server: TestServer): Promise<ProgramLogin> {
  const login = await openLogin(server.url);
  onTestFinished(() => login.leave());
  return login;
}

it('a program and the person who lets it in may be at different servers', async () => {
  const login = await open(one);
  const decision = { request: login.link, isApproved: true };
  const session = await signIn(other.url);
  expect(await call(other.url, 'user.login.decide', decision, session)).toMatchObject({ http: 200 });
  const event = await login.next();
  const granted = await call<{ token: string }>(other.url, 'user.identity.grant.auto', event?.data);
  expect(await call(one.url, 'user.identity.whoami', {}, granted.data.token)).toMatchObject({
    http: 200,
    data: { name: 'mira' },
  });
  expect(await call(one.url, 'user.session.dismiss', {}, granted.data.token)).toMatchObject({ http: 200 });
  expect(await call(other.url, 'user.identity.whoami', {}, granted.data.token)).toMatchObject({ http: 401 });
});

it('a program waits in silence for longer than a connection may be silent', async () => {
  const login = await open(one);
  const startMs = performance.now();
  await expect.poll(() => performance.now() - startMs).toBeGreaterThan(3 * IDLE_MS);
  const decision = { request: login.link, isApproved: true };
  expect(await call(one.url, 'user.login.decide', decision, await signIn(one.url))).toMatchObject({
    http: 200,
  });
  expect((await login.next())?.event).toBe('authorize');
  expect(await login.next()).toBeNull();
});

it('a server that stops tells the programs that wait', async () => {
  const third = await startTestServer({ DATABASE_URL: one.databaseUrl, DATA_DIR: one.dataDir, ROLE: 'web' });
  const login = await openLogin(third.url);
  const stopped = third.stop();
  expect(await login.next()).toEqual({
    event: 'error',
    data: 'The server restarts. Log in again in a moment.',
  });
  expect(await login.next()).toBeNull();
  await stopped;
});
