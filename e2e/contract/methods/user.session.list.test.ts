import { expect, test } from 'vitest';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson, newSession } from '../people.ts';

const LIST = 'user.session.list';
const END = 'user.session.end';
const END_OTHERS = 'user.session.endOthers';
const WHOAMI = 'user.identity.whoami';
const DAY_MS = 86_400_000;

interface Session {
  _id: string;
  isOwn: boolean;
  isProgram: boolean;
  device: string;
  expiresAt: string;
}

async function list(token: string): Promise<Session[]> {
  return dataOf<Session[]>(await rpc(LIST, { token }));
}

test('success: one’s own sessions alone, this one marked, nothing secret', async () => {
  const [alice, bob] = [await newPerson('alice'), await newPerson('bob')];
  const second = await newSession(alice.id);
  const reply = await rpc(LIST, { token: alice.session });
  const sessions = dataOf<Session[]>(reply);
  expect(sessions.map(({ isOwn }) => isOwn).sort()).toEqual([false, true]);
  // It goes on for a month after each use.
  expect(Date.parse(sessions[0]?.expiresAt ?? '')).toBeLessThan(Date.now() + 31 * DAY_MS);
  for (const secret of [alice.session, second, bob.session]) expect(reply.bytes.includes(secret)).toBe(false);
});

test('success: one that was ended fails at its next request, and one may end one’s own', async () => {
  const alice = await newPerson('alice');
  const second = await newSession(alice.id);
  const other = (await list(alice.session)).find(({ isOwn }) => !isOwn)?._id;
  expect(codes(await rpc(END, { token: alice.session, json: { id: other } }))).toBe('200/20000');
  expect(codes(await rpc(WHOAMI, { token: second }))).toBe('401/40103');
  expect(codes(await rpc(END, { token: alice.session, json: { id: other } }))).toBe('404/40403');
  const own = (await list(alice.session))[0]?._id;
  expect(codes(await rpc(END, { token: alice.session, json: { id: own } }))).toBe('200/20000');
  expect(codes(await rpc(WHOAMI, { token: alice.session }))).toBe('401/40103');
});

test('success: all others at once; this one, tokens and other people’s stay', async () => {
  const [alice, bob] = [await newPerson('alice'), await newPerson('bob')];
  const others = [await newSession(alice.id), await newSession(alice.id)];
  expect(dataOf(await rpc(END_OTHERS, { token: alice.session }))).toEqual({ endedCount: 2 });
  for (const token of others) expect(codes(await rpc(WHOAMI, { token }))).toBe('401/40103');
  for (const token of [alice.session, alice.token, bob.session])
    expect(codes(await rpc(WHOAMI, { token }))).toBe('200/20000');
});

test('another’s session does not exist', async () => {
  const [alice, bob] = [await newPerson('alice'), await newPerson('bob')];
  const id = (await list(alice.session))[0]?._id;
  expect(codes(await rpc(END, { token: bob.session, json: { id } }))).toBe('404/40403');
  expect(codes(await rpc(END, { token: bob.session, json: { id: 'no id' } }))).toBe('404/40403');
  expect(codes(await rpc(WHOAMI, { token: alice.session }))).toBe('200/20000');
});

test('no token, and a token: 401/40103 and 403/40301', async () => {
  const { token } = await newPerson('carol');
  for (const method of [LIST, END, END_OTHERS]) {
    const json = { id: '0'.repeat(24) };
    expect(codes(await rpc(method, { json }))).toBe('401/40103');
    expect(codes(await rpc(method, { token, json }))).toBe('403/40301');
  }
});
