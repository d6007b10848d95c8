import { expect, inject, test } from 'vitest';
import { mailsTo } from '#lib/testing/mailbox.ts';
import { codes, dataOf, type Reply, rpc } from '../client.ts';
import { fromAnywhere, logIn, newPerson, onDatabase, rowsOf, secretMailedTo, signUp } from '../people.ts';

const PASSWORD = 'quite another sentence';

const send = (token?: string, headers = fromAnywhere()) =>
  rpc('user.identity.sendVerification', { token, headers });
const verify = (link: unknown) =>
  rpc('user.identity.verifyEmail', { json: { link }, headers: fromAnywhere() });
const forgot = (name: unknown, headers = fromAnywhere()) =>
  rpc('user.identity.forgotPassword', { json: { name }, headers });
const reset = (link: unknown, password: unknown = PASSWORD) =>
  rpc('user.identity.resetPassword', { json: { link, password }, headers: fromAnywhere() });

async function addressOf(name: string) {
  const [row] = await rowsOf<{ email: string; verified: string }>(
    'SELECT email, (email_verified_at IS NOT NULL)::text AS verified FROM app_user WHERE name = $1',
    [name],
  );
  return row;
}

/** Somebody with a password and a verified address, signed in. */
async function newMember(label: string) {
  const account = await signUp(label);
  await onDatabase([['UPDATE app_user SET email_verified_at = now() WHERE name = $1', [account.name]]]);
  return { ...account, session: await logIn(account) };
}

function words(reply: Reply): string {
  return reply.bytes.toString().replaceAll(/[0-9a-f-]{36}/g, '');
}

test('an address is confirmed by the link that goes there, once', async () => {
  const alice = await newPerson('alice');
  dataOf(await send(alice.session));
  const secret = await secretMailedTo(alice.email);
  expect((await addressOf(alice.name))?.verified).toBe('false');
  expect(dataOf(await verify(secret))).toEqual({ email: alice.email });
  expect(await addressOf(alice.name)).toEqual({ email: alice.email, verified: 'true' });
  expect(codes(await verify(secret))).toBe('404/40403');
  expect(codes(await send(alice.session))).toBe('403/40301');
});

test('a link to an address that the account has left confirms nothing, and a new address is unconfirmed', async () => {
  const alice = await newPerson('alice');
  dataOf(await send(alice.session));
  const secret = await secretMailedTo(alice.email);
  const email = `new-${alice.email}`;
  dataOf(await rpc('user.identity.updateProfile', { token: alice.session, json: { email } }));
  expect(codes(await verify(secret))).toBe('404/40403');
  expect(await addressOf(alice.name)).toEqual({ email, verified: 'false' });
});

test('sendVerification: 401/40103 for nobody, 403/40301 for a token, 429 for the fourth in an hour', async () => {
  const alice = await newPerson('alice');
  expect(codes(await send())).toBe('401/40103');
  expect(codes(await send(alice.token))).toBe('403/40301');
  for (let count = 0; count < 3; count++) dataOf(await send(alice.session));
  const fourth = await send(alice.session);
  expect(codes(fourth)).toBe('429/40301');
  expect(Number(fourth.headers['retry-after'])).toBeGreaterThan(3000);
});

test('a forgotten password is set anew by the link that goes to the confirmed address; tokens stay', async () => {
  const member = await newMember('alice');
  const made = await rpc('user.pat.create', { token: member.session, json: { name: 'kept' } });
  const { token } = dataOf<{ token: string }>(made);
  dataOf(await forgot(member.email.toUpperCase()));
  const secret = await secretMailedTo(member.email);
  expect(codes(await reset(secret, 'short'))).toBe('400/40001');
  expect(dataOf(await reset(secret))).toEqual({ name: member.name });
  expect(codes(await rpc('user.identity.whoami', { token: member.session }))).toBe('401/40103');
  expect(codes(await rpc('user.identity.whoami', { token }))).toBe('200/20000');
  await expect(logIn(member)).rejects.toThrow('401');
  expect(await logIn({ ...member, password: PASSWORD })).toMatch(/^gss_/);
  expect(codes(await reset(secret))).toBe('404/40403');
});

test('a new password voids the links that were on their way', async () => {
  const member = await newMember('alice');
  dataOf(await forgot(member.name));
  const secret = await secretMailedTo(member.email);
  const json = { password: member.password, newPassword: PASSWORD };
  dataOf(await rpc('user.identity.changePassword', { token: member.session, json, headers: fromAnywhere() }));
  expect(codes(await reset(secret))).toBe('404/40403');
});

test('forgotPassword says the same for every account, and mails none that is unconfirmed or disabled', async () => {
  const [unconfirmed, disabled] = [await signUp('una'), await newMember('dis')];
  await onDatabase([['UPDATE app_user SET disabled_at = now() WHERE name = $1', [disabled.name]]]);
  const known = await newMember('known');
  const names = [
    known.name,
    unconfirmed.name,
    unconfirmed.email,
    disabled.email,
    'nobody',
    'a\u0000b',
    'x'.repeat(9999),
  ];
  const replies = await Promise.all(names.map((name) => forgot(name)));
  expect(new Set(replies.map(words)).size).toBe(1);
  // By when this one has arrived, the others would have.
  await secretMailedTo(known.email);
  for (const { email } of [unconfirmed, disabled])
    expect(await mailsTo(inject('station').mailbox, email)).toEqual([]);
});

test('forgotPassword: 429 for the fourth of an account in an hour, known or not, and the eleventh from an address', async () => {
  const { name } = await newMember('alice');
  for (const wanted of [name, `no-${name}`]) {
    const all = [];
    for (let count = 0; count < 4; count++) all.push(codes(await forgot(wanted)));
    expect(all).toEqual(['200/20000', '200/20000', '200/20000', '429/40301']);
  }
  const headers = fromAnywhere();
  for (let count = 0; count < 10; count++) dataOf(await forgot(`${name}-${count}`, headers));
  const reply = await forgot(`${name}-10`, headers);
  expect(codes(reply)).toBe('429/40301');
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(3000);
});

test('a link of another kind, one that is over, and a tampered one are refused in the same words', async () => {
  const member = await newMember('alice');
  dataOf(await forgot(member.name));
  const secret = await secretMailedTo(member.email);
  const replies = [
    await verify(secret),
    await reset('made up'),
    await reset(`${secret}x`),
    await reset(secret.toLowerCase()),
  ];
  await onDatabase([[`UPDATE account_link SET expires_at = now() WHERE email = $1`, [member.email]]]);
  replies.push(await reset(secret));
  expect(replies.map(codes)).toEqual(replies.map(() => '404/40403'));
  expect(new Set(replies.map(words)).size).toBe(1);
  expect(await logIn(member)).toMatch(/^gss_/);
});

test.each([
  ['verifyEmail', {}],
  ['verifyEmail', { link: { a: 1 } }],
  ['resetPassword', { link: 'x' }],
  ['resetPassword', { link: 'x', password: ['a', {}] }],
  ['forgotPassword', {}],
  ['forgotPassword', { name: null }],
])('invalid: %s with %j is 400/40001', async (method, json) => {
  const reply = await rpc(`user.identity.${method}`, { json, headers: fromAnywhere() });
  expect(codes(reply)).toBe('400/40001');
});
