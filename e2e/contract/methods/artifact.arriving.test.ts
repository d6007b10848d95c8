import { afterAll, expect, onTestFinished, test } from 'vitest';
import { openPush } from '#lib/testing/client.ts';
import { freshName, removeAll } from '../artifacts.ts';
import { codes, dataOf, origin, rpc } from '../client.ts';
import { newPerson, type Person } from '../people.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice));

interface Arriving {
  id: string;
  receivedBytes: number;
  documents: number | null;
  startedAt: string;
}

const PIECE = Buffer.alloc(1_000, 'x');

/** The beginning of a DocumentArray of so many documents, as docarray writes it. */
function header(documents: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = 1;
  bytes.writeBigUInt64BE(BigInt(documents), 1);
  return bytes;
}

async function arriving({ token }: Person): Promise<Arriving[]> {
  return dataOf(await rpc('artifact.listArriving', { token }));
}

/** Opens a push of alice's and waits until it is told of. */
async function begin(name: string, first: Buffer) {
  const push = openPush(origin(), alice.token, name);
  await push.write(Buffer.concat([first, PIECE]));
  await expect.poll(() => arriving(alice), { timeout: 20_000 }).toHaveLength(1);
  const [told] = await arriving(alice);
  return { push, told: told as Arriving };
}

test('a push that takes longer than a moment is told with its bytes and documents, and is over when it is stored', async () => {
  const { push, told } = await begin(freshName('slow'), header(12));
  expect(told).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    receivedBytes: 1_009,
    documents: 12,
    startedAt: expect.stringMatching(/Z$/),
  });
  await push.write(PIECE);
  await expect.poll(async () => (await arriving(alice))[0]?.receivedBytes).toBe(2_009);
  expect((await push.finish()).status).toBe(200);
  expect(await arriving(alice)).toEqual([]);
});

test('what begins like no DocumentArray has no number of documents', async () => {
  const { push, told } = await begin(freshName('other'), Buffer.from('PK'));
  expect(told.documents).toBeNull();
  expect((await push.finish()).status).toBe(200);
});

test('its owner can stop it: the client is told why, and nothing stays', async () => {
  const name = freshName('stopped');
  const { push, told } = await begin(name, header(5));
  dataOf(await rpc('artifact.stopArriving', { token: alice.token, json: { id: told.id } }));
  expect(await arriving(alice)).toEqual([]);
  const sending = setInterval(() => void push.write(PIECE), 100);
  onTestFinished(() => clearInterval(sending));
  await push.answered;
  clearInterval(sending);
  const { status, body } = await push.finish();
  expect(status).toBe(400);
  expect(body.message).toContain('stopped by its owner');
  expect(codes(await rpc('artifact.getDetail', { token: alice.token, query: { name } }))).toBe('404/40403');
});

test('one that is stopped at its end is not stored either', async () => {
  const name = freshName('late');
  const { push, told } = await begin(name, header(5));
  dataOf(await rpc('artifact.stopArriving', { token: alice.token, json: { id: told.id } }));
  const { status, body } = await push.finish();
  expect(status).toBe(400);
  expect(body.message).toContain('stopped by its owner');
  expect(codes(await rpc('artifact.getDetail', { token: alice.token, query: { name } }))).toBe('404/40403');
});

test('to anybody else it does not exist', async () => {
  const { push, told } = await begin(freshName('mine'), header(5));
  expect(await arriving(bob)).toEqual([]);
  const foreign = rpc('artifact.stopArriving', { token: bob.token, json: { id: told.id } });
  const absent = rpc('artifact.stopArriving', { token: bob.token, json: { id: '0'.repeat(24) } });
  expect([codes(await foreign), codes(await absent)]).toEqual(['404/40403', '404/40403']);
  expect(codes(await rpc('artifact.listArriving', {}))).toBe('401/40103');
  expect((await push.finish()).status).toBe(200);
});
