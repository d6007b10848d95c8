import { createHash } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import {
  type Artifact,
  downloadPath,
  freshName,
  listedNames,
  push,
  pushed,
  removeAll,
} from '../artifacts.ts';
import { dataOf, rpc, send } from '../client.ts';
import { QUOTA_BYTES } from '../limits.ts';
import { newPerson } from '../people.ts';

const alice = await newPerson('alice');
afterAll(() => removeAll(alice));

/** Some bytes that differ in every place, and in length, from those of another number. */
function bytesOf(number: number): Buffer {
  return Buffer.alloc(200_000 + number, number);
}

test('readers get the old bytes or the new ones whole, while pushes replace each other', async () => {
  const name = freshName('contended');
  const blobs = Array.from({ length: 8 }, (_, at) => bytesOf(at + 1));
  const known = new Set(blobs.map((blob) => createHash('sha256').update(blob).digest('hex')));
  const { _id } = await pushed(alice, { name }, blobs[0]);
  const writes = blobs.map((blob) => pushed(alice, { name }, blob));
  const reads = Array.from({ length: 24 }, async () => {
    const reply = await send({ path: await downloadPath(alice, { name }) });
    expect(known).toContain(createHash('sha256').update(reply.bytes).digest('hex'));
    expect(reply.headers['content-length']).toBe(String(reply.bytes.length));
  });
  const written = await Promise.all(writes);
  await Promise.all(reads);
  expect(new Set(written.map((artifact) => artifact._id))).toEqual(new Set([_id]));
  expect(await listedNames(alice)).toEqual([name]);
});

test('first pushes of one name at the same time make one artifact', async () => {
  const name = freshName('raced');
  const made = await Promise.all(Array.from({ length: 6 }, (_, at) => pushed(alice, { name }, bytesOf(at))));
  expect(new Set(made.map((artifact) => artifact._id)).size).toBe(1);
  expect(await listedNames(alice, { filter: { name } })).toEqual([name]);
});

test('a quota holds against pushes at the same time', async () => {
  const carol = await newPerson('carol');
  const blob = Buffer.alloc(3_000_000);
  const replies = await Promise.all(
    Array.from({ length: 6 }, () => push(carol, { name: freshName('x') }, blob)),
  );
  const statuses = new Set(replies.map((reply) => reply.status));
  expect([...statuses].every((status) => status === 200 || status === 413)).toBe(true);
  expect(statuses).toContain(200);
  const listed = dataOf<Artifact[]>(await rpc('artifact.list', { token: carol.token }));
  expect(listed).toHaveLength(replies.filter((reply) => reply.status === 200).length);
  expect(listed.reduce((sum, artifact) => sum + artifact.size, 0)).toBeLessThanOrEqual(QUOTA_BYTES);
  await removeAll(carol);
});

test('of deletes at the same time one is told of it', async () => {
  const { _id: id } = await pushed(alice, { name: freshName('gone') });
  const replies = await Promise.all(
    Array.from({ length: 4 }, () => rpc('artifact.deleteMany', { token: alice.token, json: { ids: [id] } })),
  );
  const counts = replies.map((reply) => dataOf<{ deletedCount: number }>(reply).deletedCount);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
});
