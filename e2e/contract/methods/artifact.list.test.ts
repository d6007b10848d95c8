import { afterEach, expect, test } from 'vitest';
import { type Artifact, freshName, listedNames, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, envelope, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { shape } from '../shape.ts';

const METHOD = 'artifact.list';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterEach(() => removeAll(alice, bob));

/** Alice's artifacts `<label>-…`, made in this order. */
async function several(...labels: string[]): Promise<Artifact[]> {
  const made: Artifact[] = [];
  for (const label of labels) made.push(await pushed(alice, { name: freshName(label) }, label));
  return made;
}

test('success: nothing and something have the same shape', async () => {
  expect(shape(await rpc(METHOD, { token: alice.token }))).toMatchSnapshot();
  await pushed(alice, { name: freshName('one'), type: 'documentArray', metaData: '{"summary": []}' }, '\x01');
  expect(shape(await rpc(METHOD, { token: alice.token }))).toMatchSnapshot();
});

test('not visible: only the own artifacts are listed, public ones of others neither', async () => {
  await pushed(bob, { name: freshName('of-bob'), public: 'True' });
  const [mine] = await several('mine');
  expect(dataOf<Artifact[]>(await rpc(METHOD, { token: alice.token }))).toEqual([mine]);
});

test('success: pages without a gap, from 1, where 0 is the first page too', async () => {
  const names = (await several('a', 'b', 'c', 'd', 'e')).map((artifact) => artifact.name);
  const page = (pageIndex: number) => listedNames(alice, { sort: { name: 1 }, pageIndex, pageSize: 2 });
  expect([await page(1), await page(2), await page(3), await page(4)]).toEqual([
    names.slice(0, 2),
    names.slice(2, 4),
    names.slice(4),
    [],
  ]);
  expect(await page(0)).toEqual(await page(1));
  const { meta } = envelope(await rpc(METHOD, { token: alice.token, json: { pageIndex: 4, pageSize: 2 } }));
  expect(meta).toMatchObject({ total: 5, pageIndex: 4, pageSize: 2, numPages: 3 });
});

test.each(['createdAt', 'updatedAt', 'name', 'size', 'type', 'visibility'])(
  'success: sorted by %s',
  async (field) => {
    await several('m', 'aaa', 'zz');
    await pushed(alice, { type: 'documentArray', public: 'True' }, 'four');
    const values = async (direction: number) => {
      const reply = await rpc(METHOD, { token: alice.token, json: { sort: { [field]: direction } } });
      return dataOf<Record<string, string>[]>(reply).map((item) => item._id);
    };
    const ascending = await values(1);
    expect(ascending).toHaveLength(4);
    expect(await values(-1)).toEqual(ascending.toReversed());
  },
);

test('success: a search is for a part of the name, in any case, and an empty one for everything', async () => {
  const [day] = await several('birds-DAY_1', 'fish');
  const search = (text: string) => listedNames(alice, { search: text, sort: { name: 1 } });
  expect(await search('day_')).toEqual([day?.name]);
  expect(await search('d%y')).toEqual([]);
  expect(await search('')).toHaveLength(2);
});

test('success: old clients send a dict as its key names', async () => {
  const [first, second] = await several('first', 'second');
  const form: [string, string][] = [
    ['filter', 'type'],
    ['sort', 'createdAt'],
  ];
  const reply = await rpc(METHOD, { token: alice.token, form });
  expect(dataOf<Artifact[]>(reply)).toEqual([first, second]);
});

test('success: filters are equalities that must all hold, and may be JSON text', async () => {
  await several('plain');
  await pushed(alice, { name: freshName('red'), metaData: '{"colour": "red", "deep": {"n": 1}}' });
  const both = await pushed(alice, {
    name: freshName('both'),
    metaData: '{"colour": "red", "deep": {"n": 2}}',
  });
  const matching = (filter: unknown) => listedNames(alice, { filter });
  expect(await matching({ 'metaData.colour': 'red' })).toHaveLength(2);
  expect(await matching({ 'metaData.colour': 'red', 'metaData.deep.n': 2 })).toEqual([both.name]);
  expect(await matching(JSON.stringify({ name: both.name }))).toEqual([both.name]);
  for (const nothing of [
    { nonsense: 1 },
    { 'metaData.deep': 2 },
    { 'a; DROP': 'x' },
    { name: 'nul\0' },
    { name: { $ne: 1 } },
  ])
    expect(await matching(nothing)).toEqual([]);
});

test('success: a DocumentArray without a summary is listed with its length, and others are left alone', async () => {
  const header = Buffer.concat([Buffer.from([1]), Buffer.from([0, 0, 0, 0, 0, 0, 0, 42])]);
  await pushed(alice, { name: freshName('array'), type: 'documentArray', metaData: '{"kept": 1}' }, header);
  const [item] = dataOf<Artifact[]>(await rpc(METHOD, { token: alice.token }));
  expect(item?.metaData).toEqual({ kept: 1, summary: [{ name: 'Length', value: 42, description: '' }] });
  const detail = await rpc('artifact.getDetail', { token: alice.token, json: { id: item?._id } });
  expect(dataOf(detail)).toMatchObject({ metaData: { kept: 1 } });
});

test.each([{ pageSize: 0 }, { pageSize: 'many' }, { pageIndex: -1 }])('invalid: %j', async (json) => {
  expect(codes(await rpc(METHOD, { token: alice.token, json }))).toBe('400/40001');
});

test('no token: 401/40103', async () => {
  expect(codes(await rpc(METHOD))).toBe('401/40103');
});
