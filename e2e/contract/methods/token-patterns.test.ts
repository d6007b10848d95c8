import { afterAll, describe, expect, test } from 'vitest';
import { methods } from '#lib/rpc/methods.ts';
import { openPush } from '#lib/testing/client.ts';
import { type Artifact, bytesBehind, daPush, freshName, push, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, envelope, origin, type Reply, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { both, type Pair } from '../shape.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

/** A token of alice's for names that begin with `ci-`. */
const limited: string = dataOf<{ token: string }>(
  await rpc('user.pat.create', { token: alice.token, json: { name: freshName('ci'), namePattern: 'ci-*' } }),
).token;

const SAME_LENGTH_ID = '0'.repeat(24);

/** Something of alice's beyond the pattern, that everybody else could see. */
function hidden(): Promise<Artifact> {
  return pushed(alice, { name: freshName('prod'), public: 'True' });
}

async function trashed(): Promise<Artifact> {
  const artifact = await hidden();
  dataOf(await rpc('artifact.delete', { token: alice.token, json: { id: artifact._id } }));
  return artifact;
}

function twin(text: string): string {
  return `${text.slice(0, -4)}zzzz`;
}

/** By id, by name and by full name. */
function pairs({ _id, name }: Artifact): { field: 'id' | 'name'; pair: Pair }[] {
  const full = `${alice.name}/${name}`;
  return [
    { field: 'id', pair: { hidden: _id, absent: SAME_LENGTH_ID } },
    { field: 'name', pair: { hidden: String(name), absent: twin(String(name)) } },
    { field: 'name', pair: { hidden: full, absent: twin(full) } },
  ];
}

async function expectSame(pair: Pair, code: string, call: (which: string) => Promise<Reply>): Promise<void> {
  expect(codes(await call(pair.hidden))).toBe(code);
  const replies = await both(pair, call);
  expect(replies.hidden).toEqual(replies.absent);
}

/** Calls with a reference to what the pattern hides, and to nothing. */
function sameByReference(method: string, fields: object = {}, only?: 'id' | 'name') {
  return async () => {
    for (const { field, pair } of pairs(await hidden())) {
      if (only && field !== only) continue;
      await expectSame(pair, '404/40403', (which) =>
        rpc(method, { token: limited, json: { ...fields, [field]: which } }),
      );
    }
  };
}

/** What each method that touches artifacts does with those beyond the token's pattern. */
const ROWS: Record<string, () => Promise<void>> = {
  'artifact.getDetail': sameByReference('artifact.getDetail'),
  'artifact.getDownloadUrl': sameByReference('artifact.getDownloadUrl'),
  'artifact.delete': sameByReference('artifact.delete'),
  'artifact.update': async () => {
    await sameByReference('artifact.update', { public: false }, 'id')();
    await sameByReference('artifact.update', { name: freshName('ci') }, 'id')();
    // A rename out of the pattern, to a name that is taken and to a free one.
    const { _id: id } = await pushed(alice, { name: freshName('ci') });
    const name = String((await hidden()).name);
    await expectSame({ hidden: name, absent: twin(name) }, '403/40301', (which) =>
      rpc('artifact.update', { token: limited, json: { id, name: which } }),
    );
  },
  'artifact.updateMetaData': sameByReference('artifact.updateMetaData', { metaData: { a: 1 } }, 'id'),
  'artifact.deleteMany': async () => {
    const { _id, name } = await hidden();
    const json = { ids: [_id], names: [name, `${alice.name}/${name}`] };
    expect(dataOf(await rpc('artifact.deleteMany', { token: limited, json }))).toEqual({ deletedCount: 0 });
    expect(codes(await rpc('artifact.getDetail', { token: alice.token, json: { id: _id } }))).toBe(
      '200/20000',
    );
  },
  'artifact.restore': async () => {
    const pair = { hidden: (await trashed())._id, absent: SAME_LENGTH_ID };
    await expectSame(pair, '404/40403', (id) => rpc('artifact.restore', { token: limited, json: { id } }));
    await expectSame(pair, '404/40403', (id) =>
      rpc('artifact.restore', { token: limited, json: { id, name: freshName('ci') } }),
    );
  },
  'artifact.purge': async () => {
    const { _id: id } = await trashed();
    const json = { ids: [id] };
    expect(dataOf(await rpc('artifact.purge', { token: limited, json }))).toEqual({ deletedCount: 0 });
    expect(codes(await rpc('artifact.restore', { token: alice.token, json: { id } }))).toBe('200/20000');
  },
  'artifact.upload': async () => {
    for (const { field, pair } of pairs(await hidden()))
      await expectSame(pair, field === 'id' ? '404/40403' : '403/40301', (which) =>
        push({ token: limited }, { [field]: which }),
      );
    expect(codes(await push({ token: limited }, {}))).toBe('403/40301');
    const { _id: id } = await pushed(alice, { name: freshName('ci') });
    expect(codes(await push({ token: limited }, { id, name: freshName('prod') }))).toBe('403/40301');
  },
  'da.push': async () => {
    for (const { field, pair } of pairs(await hidden()))
      if (field === 'name') await expectSame(pair, '403/40301', (which) => daPush({ token: limited }, which));
  },
  'da.pull': async () => {
    for (const { field, pair } of pairs(await hidden()))
      if (field === 'name')
        await expectSame(pair, '404/40403', (which) =>
          rpc('da.pull', { token: limited, json: { token: which } }),
        );
  },
  'artifact.list': async () => {
    const { _id: id, name } = await hidden();
    const { _id: unnamed } = await pushed(alice, { metaData: '{"a":1}' });
    const inside = await pushed(alice, { name: freshName('ci'), metaData: '{"a":1}' });
    for (const json of [
      {},
      { sort: { size: 1 } },
      { filter: { visibility: 'public' } },
      { filter: { 'metaData.a': 1 } },
      { search: 'prod' },
    ]) {
      const { data, meta } = envelope(await rpc('artifact.list', { token: limited, json }));
      const ids = (data as Artifact[]).map(({ _id }) => _id);
      expect(ids).not.toContain(id);
      expect(ids).not.toContain(unnamed);
      expect(meta?.total).toBe(ids.length);
    }
    const filter = { name };
    expect(envelope(await rpc('artifact.list', { token: limited, json: { filter } })).meta?.total).toBe(0);
    const listed = dataOf<Artifact[]>(
      await rpc('artifact.list', { token: limited, json: { filter: { name: inside.name } } }),
    );
    expect(listed.map(({ _id }) => _id)).toEqual([inside._id]);
  },
  'artifact.listArriving': async () => {
    const arriving = async (token: string) =>
      dataOf<{ id: string }[]>(await rpc('artifact.listArriving', { token }));
    const slow = openPush(origin(), alice.token, freshName('prod'));
    await slow.write(Buffer.alloc(1_000, 'x'));
    await expect.poll(() => arriving(alice.token), { timeout: 20_000 }).toHaveLength(1);
    expect(await arriving(limited)).toEqual([]);
    expect((await slow.finish()).status).toBe(200);
  },
  'artifact.stopArriving': async () => {
    const slow = openPush(origin(), alice.token, freshName('prod'));
    await slow.write(Buffer.alloc(1_000, 'x'));
    const arriving = async () =>
      dataOf<{ id: string }[]>(await rpc('artifact.listArriving', { token: alice.token }));
    await expect.poll(arriving, { timeout: 20_000 }).toHaveLength(1);
    const pair = { hidden: (await arriving())[0]?.id ?? '', absent: SAME_LENGTH_ID };
    await expectSame(pair, '404/40403', (id) =>
      rpc('artifact.stopArriving', { token: limited, json: { id } }),
    );
    expect((await slow.finish()).status).toBe(200);
  },
};

describe('a token with a name pattern, of what lies beyond it', () => {
  const names = Object.keys(methods).filter((name) => /^(artifact|da)\./.test(name));
  test.each(names)('%s: it does not exist', async (name) => {
    const row = ROWS[name];
    if (!row) throw new Error(`${name} has no row here; say what a limited token may do with it`);
    await row();
  });
});

test('within its pattern it may do everything, under the bare name and the full one', async () => {
  const name = freshName('ci');
  const { _id: id } = dataOf<Artifact>(await push({ token: limited }, { name: `${alice.name}/${name}` }));
  expect(await bytesBehind(await rpc('artifact.getDownloadUrl', { token: limited, json: { name } }))).toBe(
    'some bytes',
  );
  const renamed = freshName('ci');
  for (const [method, json] of [
    ['artifact.update', { id, name: renamed }],
    ['artifact.updateMetaData', { id, metaData: { a: 1 } }],
    ['artifact.delete', { name: renamed }],
    ['artifact.restore', { id }],
    ['artifact.delete', { id }],
    ['artifact.purge', { ids: [id] }],
  ] as const)
    expect(codes(await rpc(method, { token: limited, json })), method).toBe('200/20000');
});

test('what others made public it reads as anybody does', async () => {
  const { _id: id, name } = await pushed(bob, { name: freshName('prod'), public: 'True' });
  for (const json of [{ id }, { name: `${bob.name}/${name}` }]) {
    expect(codes(await rpc('artifact.getDetail', { token: limited, json }))).toBe('200/20000');
    expect(codes(await rpc('artifact.delete', { token: limited, json }))).toBe('403/40301');
  }
});
