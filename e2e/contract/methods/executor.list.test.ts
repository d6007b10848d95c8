import { afterAll, expect, test } from 'vitest';
import { freshName, removeAll } from '../artifacts.ts';
import { codes, dataOf, envelope, rpc } from '../client.ts';
import { newExecutor } from '../executors.ts';
import { newPerson } from '../people.ts';

const METHOD = 'executor.list';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
/** A word that no other file of these tests has. */
const WORD = freshName('word').replaceAll('-', '');
afterAll(() => removeAll(alice, bob));

interface Item {
  id: string;
  name: string;
  owner: { name?: string };
}

const open = await newExecutor(alice, {
  visibility: 'public',
  name: 'OpenEncoder',
  description: `Encodes ${WORD}`,
  keywords: [WORD, 'text'],
});
const closed = await newExecutor(alice, { name: 'ClosedEncoder', description: `Hides ${WORD}` });

async function names(input: object, token?: string): Promise<string[]> {
  return dataOf<Item[]>(await rpc(METHOD, { token, json: input })).map(({ name }) => name);
}

test('success: what front-ends send, by GET and by POST, with the fields that they read', async () => {
  const query = { search: WORD, withAnonymous: 'true' };
  const reply = await rpc(METHOD, { via: 'GET', query });
  expect(dataOf(reply)).toEqual([
    {
      id: open.id,
      _id: open.id,
      name: 'OpenEncoder',
      visibility: 'public',
      owner: { name: alice.name },
      description: `Encodes ${WORD}`,
      keywords: [WORD, 'text'],
      tag: 'latest',
      pulls: 0,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    },
  ]);
  expect(envelope(reply).meta).toEqual({ total: 1, pageIndex: 1, pageSize: 16, numPages: 1 });
  const json = {
    ...{ sort: '-activities.metaMatched', pageIndex: 1, pageSize: 16, search: WORD },
    ...{ author: alice.name, keywords: [WORD], withAnonymous: true },
  };
  expect(dataOf(await rpc(METHOD, { json }))).toEqual(dataOf(reply));
});

test('success: one’s own private ones are among them, within the pattern of the token', async () => {
  expect(await names({ search: WORD, sort: 'name' }, alice.token)).toEqual(['ClosedEncoder', 'OpenEncoder']);
  expect(await names({ search: WORD, sort: '-name', pageSize: 1 }, alice.token)).toEqual(['OpenEncoder']);
  const made = await rpc('user.pat.create', {
    token: alice.session,
    json: { name: freshName('limited'), namePattern: 'Closed*' },
  });
  const { token } = dataOf<{ token: string }>(made);
  expect(await names({ search: WORD }, token)).toEqual(['ClosedEncoder']);
});

test('not visible: private ones of others are not listed, counted, or found by any field', async () => {
  for (const token of [undefined, bob.token]) {
    for (const json of [
      { search: WORD },
      { author: alice.name },
      { search: 'ClosedEncoder', author: alice.name },
    ]) {
      const reply = await rpc(METHOD, { token, json });
      expect(reply.bytes.toString()).not.toContain(closed.id);
      expect(envelope(reply).meta?.total).toBe(dataOf<Item[]>(reply).length);
    }
  }
});

test('invalid: pages and keywords that are none; a sort that is not known is the usual one', async () => {
  for (const json of [{ pageIndex: -1 }, { pageSize: 0 }, { pageSize: 'many' }, { keywords: [{}] }])
    expect(codes(await rpc(METHOD, { json })), JSON.stringify(json)).toBe('400/40001');
  for (const sort of ['', '-', { pulls: 1 }, ['name'], "name'; --"])
    expect(await names({ search: WORD, sort })).toEqual(['OpenEncoder']);
  for (const search of ['\0', '\ud800', "' OR true --", '%'.repeat(10_000)])
    expect(codes(await rpc(METHOD, { json: { search, author: search, keywords: [search] } }))).toBe(
      '200/20000',
    );
});
