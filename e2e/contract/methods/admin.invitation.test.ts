import { expect, test } from 'vitest';
import { codes, dataOf, rpc } from '../client.ts';
import { fromAnywhere, newAccount, newAdministrator, rowsOf, secretMailedTo } from '../people.ts';

interface Made {
  _id: string;
  link: string | null;
}

const administrator = await newAdministrator();
const token = administrator.session;

async function invite(email?: string): Promise<Made> {
  return dataOf<Made>(await rpc('admin.invitation.create', { token, json: { email } }));
}

const secretOf = ({ link }: Made) => new URL(link ?? '').searchParams.get('invitation');

function signUp(account: object, invitation: string | null) {
  return rpc('user.identity.signUp', { json: { ...account, invitation }, headers: fromAnywhere() });
}

async function isVerified(name: string): Promise<boolean> {
  const [row] = await rowsOf(
    'SELECT (email_verified_at IS NOT NULL)::text AS verified FROM app_user WHERE name = $1',
    [name],
  );
  return row?.verified === 'true';
}

test('create: without an address a link that makes one account, of which nothing is proved', async () => {
  const made = await invite();
  const account = newAccount('invited');
  dataOf(await signUp(account, secretOf(made)));
  expect(await isVerified(account.name)).toBe(false);
  expect(codes(await signUp(newAccount('second'), secretOf(made)))).toBe('404/40403');
});

test('create: with an address the link goes there alone, and proves that address and no other', async () => {
  const [account, other] = [newAccount('invited'), newAccount('other')];
  expect((await invite(account.email)).link).toBeNull();
  dataOf(await signUp(account, await secretMailedTo(account.email)));
  expect(await isVerified(account.name)).toBe(true);
  expect((await invite(other.email)).link).toBeNull();
  const elsewhere = { ...other, email: `else-${other.email}` };
  dataOf(await signUp(elsewhere, await secretMailedTo(other.email)));
  expect(await isVerified(other.name)).toBe(false);
});

test('create: of several who use an invitation at once, one gets an account', async () => {
  const secret = secretOf(await invite());
  const replies = await Promise.all([1, 2, 3].map(() => signUp(newAccount('racer'), secret)));
  expect(replies.map(codes).sort()).toEqual(['200/20000', '404/40403', '404/40403']);
});

test('create: a name that is taken does not use the invitation up', async () => {
  const secret = secretOf(await invite());
  const taken = newAccount('taken');
  dataOf(await signUp(taken, null));
  expect(codes(await signUp({ ...newAccount('next'), name: taken.name }, secret))).toBe('422/42202');
  dataOf(await signUp(newAccount('next'), secret));
});

test.each([
  'nowhere',
  'a@example.org\r\nBcc: b@example.org',
  'a@example.org\nSubject: x',
  'a@example.org, b@example.org',
  '<a@example.org>',
  `${'a'.repeat(250)}@example.org`,
])('create: %j is no address: 400/40001, and no mail goes out', async (email) => {
  expect(codes(await rpc('admin.invitation.create', { token, json: { email } }))).toBe('400/40001');
});

test('revoke: its link does not work any more, in the words of every link that does not', async () => {
  const made = await invite();
  const revoke = () => rpc('admin.invitation.revoke', { token, json: { id: made._id } });
  dataOf(await revoke());
  const replies = [
    await signUp(newAccount('late'), secretOf(made)),
    await signUp(newAccount('late'), 'made up'),
  ];
  expect(replies.map(codes)).toEqual(['404/40403', '404/40403']);
  const [revoked, unknown] = replies.map(({ bytes }) =>
    bytes.toString().replaceAll(/\(request [^)]*\)/g, ''),
  );
  expect(revoked).toBe(unknown);
  expect(codes(await revoke())).toBe('404/40403');
});

test('setPolicy: one of the words, or 400/40001', async () => {
  const set = (policy: unknown) => rpc('admin.signUp.setPolicy', { token, json: { policy } });
  for (const policy of ['sometimes', '', 5, null]) expect(codes(await set(policy))).toBe('400/40001');
  // What closes sign-up would close it for the tests beside this one.
  for (const policy of ['open', 'default']) expect(codes(await set(policy))).toBe('200/20000');
});

test('mail.retry: 404/40403 for a mail that went out, or is none', async () => {
  const { email } = newAccount('invited');
  await invite(email);
  await secretMailedTo(email);
  const [mail] = await rowsOf('SELECT id FROM mail WHERE recipient = $1', [email]);
  const sent = () => rowsOf('SELECT secret FROM mail WHERE recipient = $1 AND sent_at IS NOT NULL', [email]);
  await expect.poll(sent).toEqual([{ secret: null }]);
  for (const id of [mail?.id, 'none'])
    expect(codes(await rpc('admin.mail.retry', { token, json: { id } }))).toBe('404/40403');
});
