import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { hashSecret } from '#lib/auth/secret.ts';
import { openLogin, type ProgramLogin } from '#lib/testing/program-login.ts';
import { codes, dataOf, origin, rpc } from '../client.ts';
import { fromAnywhere, newPerson, newSession, onDatabase, type Person, rowsOf } from '../people.ts';

const GRANT = 'user.identity.grant.auto';
const DECIDE = 'user.login.decide';
const PENDING_AT_ONCE = 20;

let alice: Person;
beforeAll(async () => {
  alice = await newPerson('alice');
});

/** A login that ends with its test, from an address that nobody else has. */
async function open(query?: string, headers = fromAnywhere()): Promise<ProgramLogin> {
  const login = await openLogin(origin(), query, headers);
  onTestFinished(() => login.leave());
  return login;
}

function decide(token: string, { link }: ProgramLogin, isApproved: boolean) {
  return rpc(DECIDE, { token, json: { request: link, isApproved } });
}

/** Asks and is let in; what the client remembers for the grant. */
async function approved(): Promise<Record<string, string>> {
  const login = await open('?');
  dataOf(await decide(alice.session, login, true));
  const event = await login.next();
  expect(event?.event).toBe('authorize');
  expect(await login.next()).toBeNull();
  return event?.data as Record<string, string>;
}

test('the link comes first, as a line of its own that nothing may hold back', async () => {
  const { response, link } = await open('?provider=jina-login&unknown=1');
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    'content-type': 'application/x-ndjson; charset=UTF-8',
    'transfer-encoding': 'chunked',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  expect(link).toMatch(/^\w{43}$/);
});

test('success: approved by a person, the code gives a session once, by JSON, by form and by GET', async () => {
  const byJson = dataOf<{ token: string; user: object }>(await rpc(GRANT, { json: await approved() }));
  expect(byJson.user).toMatchObject({ _id: alice.id, name: alice.name, nickname: 'The alice' });
  expect(dataOf(await rpc('user.identity.whoami', { token: byJson.token }))).toMatchObject({ _id: alice.id });

  const forForm = await approved();
  const form = Object.entries(forForm);
  expect(codes(await rpc(GRANT, { form }))).toBe('200/20000');
  expect(codes(await rpc(GRANT, { form }))).toBe('401/40102');

  expect(codes(await rpc(GRANT, { via: 'GET', query: await approved() }))).toBe('200/20000');
});

test('a code counts with its own state only, and is kept as its hash alone', async () => {
  const [one, other] = [await approved(), await approved()];
  expect(codes(await rpc(GRANT, { json: { code: one.code, state: other.state } }))).toBe('401/40102');
  expect(codes(await rpc(GRANT, { json: { ...one, code: 'a guess' } }))).toBe('401/40102');
  const rows = await rowsOf('SELECT r::text AS row FROM login_request r');
  for (const { row } of rows) {
    expect(row).not.toContain(one.code);
    expect(row).not.toContain(one.state);
  }
  expect(codes(await rpc(GRANT, { json: one }))).toBe('200/20000');
});

test('a code is over after a minute', async () => {
  const data = await approved();
  await onDatabase([
    [
      `UPDATE login_request SET code_expires_at = now() - interval '1 second' WHERE code_hash = $1`,
      [hashSecret(data.code ?? '')],
    ],
  ]);
  expect(codes(await rpc(GRANT, { json: data }))).toBe('401/40102');
});

test('a code of somebody who was disabled since gives nothing', async () => {
  const dora = await newPerson('dora');
  const login = await open('?');
  dataOf(await decide(dora.session, login, true));
  const event = await login.next();
  await onDatabase([['UPDATE app_user SET disabled_at = now() WHERE id = $1', [dora.id]]]);
  expect(codes(await rpc(GRANT, { json: event?.data }))).toBe('401/40102');
});

test('what a program gets may not change the account, nor let another program in', async () => {
  const { token } = dataOf<{ token: string }>(await rpc(GRANT, { json: await approved() }));
  const json = { password: 'a', newPassword: 'quite another sentence' };
  expect(codes(await rpc('user.identity.changePassword', { token, json }))).toBe('403/40301');
  expect(codes(await rpc('user.identity.updateProfile', { token, json: { email: 'a@example.org' } }))).toBe(
    '403/40301',
  );
  expect(codes(await decide(token, await open('?'), true))).toBe('403/40301');
  expect(codes(await rpc('user.session.dismiss', { token }))).toBe('200/20000');
  expect(codes(await rpc('user.identity.whoami', { token }))).toBe('401/40103');
});

test('denied: an event with empty code and state, and the reason', async () => {
  const login = await open('?');
  dataOf(await decide(alice.session, login, false));
  expect(await login.next()).toEqual({
    event: 'authorize',
    data: {
      code: '',
      state: '',
      error: 'access_denied',
      error_description: 'The login was denied in the browser.',
    },
  });
  expect(await login.next()).toBeNull();
  expect(codes(await decide(alice.session, login, true))).toBe('404/40403');
});

test('over: an event that says so, and nobody can approve it any more', async () => {
  const login = await open('?');
  await onDatabase([
    ['UPDATE login_request SET expires_at = now() WHERE link_hash = $1', [hashSecret(login.link)]],
  ]);
  expect(codes(await decide(alice.session, login, true))).toBe('404/40403');
  expect(await login.next()).toEqual({
    event: 'error',
    data: 'Nobody approved the login in time. Log in again.',
  });
  expect(await login.next()).toBeNull();
});

test('a program that goes away leaves nothing to approve', async () => {
  const login = await open('?');
  const count = async () =>
    (await rowsOf('SELECT FROM login_request WHERE link_hash = $1', [hashSecret(login.link)])).length;
  expect(await count()).toBe(1);
  login.leave();
  await expect.poll(count).toBe(0);
  expect(codes(await decide(alice.session, login, true))).toBe('404/40403');
});

test('prompt=login: approved only by a session that is newer', async () => {
  const bob = await newPerson('bob');
  const login = await open('?prompt=login');
  await onDatabase([
    [`UPDATE session SET created_at = now() - interval '1 hour' WHERE user_id = $1`, [bob.id]],
  ]);
  expect(codes(await decide(bob.session, login, true))).toBe('403/40301');
  dataOf(await decide(await newSession(bob.id), login, true));
  expect((await login.next())?.event).toBe('authorize');
});

test('decided by nobody, by a token, by GET, and from another site: refused, and it still waits', async () => {
  const login = await open('?');
  const json = { request: login.link, isApproved: true };
  expect(codes(await rpc(DECIDE, { json }))).toBe('401/40103');
  expect(codes(await decide(alice.token, login, true))).toBe('403/40301');
  const cookie = `gs-session=${alice.session}`;
  const query = { request: login.link, isApproved: 'true' };
  expect(codes(await rpc(DECIDE, { via: 'GET', query, headers: { cookie } }))).toBe('403/40301');
  const headers = { cookie, origin: 'https://elsewhere.example' };
  expect(codes(await rpc(DECIDE, { json, headers }))).toBe('403/40301');
  expect(codes(await rpc(DECIDE, { token: alice.session, json: { request: login.link } }))).toBe('400/40001');
  dataOf(await decide(alice.session, login, true));
});

test('at most twenty of an address wait at once; the next one is told, in an event', async () => {
  const headers = fromAnywhere();
  await Promise.all(Array.from({ length: PENDING_AT_ONCE }, () => open('?', headers)));
  await expect(open('?', headers)).rejects.toThrow('20 logins wait at your address already');
  await expect(open('?')).resolves.toBeDefined();
});
