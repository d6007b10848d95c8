import { expect, test } from 'vitest';
import { pushed } from '../artifacts.ts';
import { codes, dataOf, type Reply, rpc } from '../client.ts';
import { fromAnywhere, logIn, newPerson, onDatabase, rowsOf, signUp } from '../people.ts';

const [DELETE, KEEP] = ['user.identity.delete', 'user.identity.keep'];
const DAY_MS = 86_400_000;

async function deleteAt(name: string): Promise<string | null> {
  const [row] = await rowsOf(`SELECT coalesce(delete_at::text, '') AS at FROM app_user WHERE name = $1`, [
    name,
  ]);
  return row?.at || null;
}

test('success: it is set for seven days later, and everything goes on; kept, nothing is set', async () => {
  const alice = await newPerson('alice');
  const before = Date.now();
  const reply = await rpc(DELETE, { token: alice.session, json: { name: alice.name } });
  const at = Date.parse(dataOf<{ deleteAt: string }>(reply).deleteAt);
  expect(at - before).toBeGreaterThanOrEqual(7 * DAY_MS);
  expect(at - Date.now()).toBeLessThanOrEqual(7 * DAY_MS);
  await pushed(alice, { name: 'still' });
  // Asked again, the first wish counts.
  const again = await rpc(DELETE, { token: alice.session, json: { name: alice.name } });
  expect(Date.parse(dataOf<{ deleteAt: string }>(again).deleteAt)).toBe(at);
  dataOf(await rpc(KEEP, { token: alice.session }));
  expect(await deleteAt(alice.name)).toBeNull();
  expect(codes(await rpc(KEEP, { token: alice.session }))).toBe('404/40403');
});

/** Asks from an address that nobody else tries passwords from. */
function ask(token: string, json: object): Promise<Reply> {
  return rpc(DELETE, { token, json, headers: fromAnywhere() });
}

test('invalid: another name, in any case; wrong: another password; nothing is set', async () => {
  const account = await signUp('bob');
  const session = await logIn(account);
  const { name, password } = account;
  for (const json of [
    {},
    { name: '', password },
    { name: name.toUpperCase(), password },
    { name: 'root', password },
  ])
    expect(codes(await ask(session, json))).toBe('400/40001');
  for (const json of [
    { name },
    { name, password: `${password}x` },
    { name, password: 'x'.repeat(1_000_000) },
  ])
    expect(codes(await ask(session, json))).toBe('401/40102');
  expect(await deleteAt(name)).toBeNull();
  dataOf(await ask(session, { name, password }));
  expect(await deleteAt(name)).not.toBeNull();
});

test.each([DELETE, KEEP])('%s: no token: 401/40103; a token and a program: 403/40301', async (method) => {
  const dave = await newPerson('dave');
  const json = { name: dave.name };
  expect(codes(await rpc(method, { json }))).toBe('401/40103');
  expect(codes(await rpc(method, { token: dave.token, json }))).toBe('403/40301');
  await onDatabase([['UPDATE session SET is_program = true WHERE user_id = $1', [dave.id]]]);
  expect(codes(await rpc(method, { token: dave.session, json }))).toBe('403/40301');
  expect(await deleteAt(dave.name)).toBeNull();
});
