import { expect, test } from 'vitest';
import { codes, dataOf, rpc } from '../client.ts';
import { fromAnywhere, logIn, newAdministrator, newPerson, rowsOf, signUp } from '../people.ts';

const WHOAMI = 'user.identity.whoami';
const administrator = await newAdministrator();

function admin(method: string, json: object) {
  return rpc(`admin.user.${method}`, { token: administrator.session, json });
}

test('setQuota: success, written down with who did it to whom', async () => {
  const alice = await newPerson('alice');
  expect(dataOf(await admin('setQuota', { name: alice.name, quotaBytes: 5_000 }))).toBeNull();
  const [row] = await rowsOf<{ quota_bytes: string }>('SELECT quota_bytes FROM namespace WHERE slug = $1', [
    alice.name,
  ]);
  expect(row?.quota_bytes).toBe('5000');
  const acts = await rowsOf('SELECT action, target FROM audit_event WHERE namespace = $1 AND actor_id = $2', [
    alice.name,
    administrator.id,
  ]);
  expect(acts).toEqual([{ action: 'account.quota', target: alice.name }]);
});

test.each([-1, 1.5, 'much', 2 ** 60])('setQuota: %j bytes are 400/40001', async (quotaBytes) => {
  const { name } = await newPerson('alice');
  expect(codes(await admin('setQuota', { name, quotaBytes }))).toBe('400/40001');
});

test('setDisabled: tokens and sessions fail at the next request, and work again once enabled', async () => {
  const alice = await newPerson('alice');
  dataOf(await admin('setDisabled', { name: alice.name, isDisabled: true }));
  for (const token of [alice.token, alice.session])
    expect(codes(await rpc(WHOAMI, { token }))).toBe('401/40103');
  dataOf(await admin('setDisabled', { name: alice.name, isDisabled: false }));
  for (const token of [alice.token, alice.session])
    expect(codes(await rpc(WHOAMI, { token }))).toBe('200/20000');
});

test('setDisabled: nobody disables themselves', async () => {
  expect(codes(await admin('setDisabled', { name: administrator.name, isDisabled: true }))).toBe('403/40301');
  expect(codes(await rpc(WHOAMI, { token: administrator.session }))).toBe('200/20000');
});

test('verifyEmail: success; another account that said the same address loses it, and it is nobody else’s any more', async () => {
  const [alice, bob] = [await newPerson('alice'), await newPerson('bob')];
  await rpc('user.identity.updateProfile', {
    token: bob.session,
    json: { email: alice.email.toUpperCase() },
  });
  dataOf(await admin('verifyEmail', { name: alice.name }));
  const emails = await rowsOf(
    'SELECT email, email_verified_at IS NOT NULL AS verified FROM app_user WHERE name IN ($1, $2) ORDER BY name',
    [alice.name, bob.name],
  );
  expect(emails).toEqual([
    { email: alice.email, verified: true },
    { email: null, verified: false },
  ]);
  await rpc('user.identity.updateProfile', { token: bob.session, json: { email: alice.email } });
  expect(codes(await admin('verifyEmail', { name: bob.name }))).toBe('422/42202');
});

test('makeResetLink: a link that sets a new password once, and ends all sessions', async () => {
  const account = await signUp('alice');
  const session = await logIn(account);
  const { link } = dataOf<{ link: string }>(await admin('makeResetLink', { name: account.name }));
  const secret = new URL(link).searchParams.get('link');
  const password = 'quite another sentence';
  const reset = () =>
    rpc('user.identity.resetPassword', { json: { link: secret, password }, headers: fromAnywhere() });
  expect(dataOf(await reset())).toEqual({ name: account.name });
  expect(codes(await rpc(WHOAMI, { token: session }))).toBe('401/40103');
  await expect(logIn(account)).rejects.toThrow('401');
  expect(await logIn({ ...account, password })).toMatch(/^gss_/);
  expect(codes(await reset())).toBe('404/40403');
});

test.each(['setQuota', 'setDisabled', 'verifyEmail', 'makeResetLink'])(
  '%s: nobody of that name is 404/40403',
  async (method) => {
    const json = { name: 'nobody-of-that-name', quotaBytes: 1, isDisabled: true };
    expect(codes(await admin(method, json))).toBe('404/40403');
  },
);
