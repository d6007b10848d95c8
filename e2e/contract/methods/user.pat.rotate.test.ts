import { afterAll, describe, expect, test } from 'vitest';
import { freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson, onDatabase, rowsOf } from '../people.ts';
import { both } from '../shape.ts';

const [RENAME, ROTATE] = ['user.pat.rename', 'user.pat.rotate'];
const DAY_MS = 86_400_000;
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice));

interface Made {
  _id: string;
  name: string;
  token: string;
  expireAt: string;
  oldExpireAt: string;
}

async function create(fields: object = {}): Promise<Made> {
  const json = { name: freshName('ci'), expirationDays: 7, ...fields };
  return dataOf<Made>(await rpc('user.pat.create', { token: alice.session, json }));
}

async function rotate(json: object, token = alice.session): Promise<Made> {
  return dataOf<Made>(await rpc(ROTATE, { token, json }));
}

async function isAlive(token: string): Promise<boolean> {
  return (await rpc('user.identity.whoami', { token })).status === 200;
}

async function listed(name: string): Promise<Record<string, string>[]> {
  const reply = await rpc('user.pat.list', { token: alice.session });
  return dataOf<{ personal_access_tokens: Record<string, string>[] }>(reply).personal_access_tokens.filter(
    (token) => token.name === name,
  );
}

describe('user.pat.rotate', () => {
  test('not allowed: what was replaced makes, renames and replaces nothing, or a thief would have the new one', async () => {
    const old = await create();
    const made = await rotate({ id: old._id });
    const name = freshName('stolen');
    expect(codes(await rpc(ROTATE, { token: old.token, json: { id: made._id } }))).toBe('403/40301');
    expect(codes(await rpc('user.pat.create', { token: old.token, json: { name } }))).toBe('403/40301');
    const rename = { id: made._id, newName: name };
    expect(codes(await rpc(RENAME, { token: old.token, json: rename }))).toBe('403/40301');
    expect(await isAlive(made.token)).toBe(true);
  });

  test('success: a new text with the same rights and as long a life, the old one until the overlap is over', async () => {
    const old = await create({ scopes: ['artifact:read'], namePattern: 'ci-*' });
    const made = await rotate({ id: old._id });
    expect(await isAlive(made.token)).toBe(true);
    expect(await isAlive(old.token)).toBe(true);
    expect(Date.parse(made.oldExpireAt) - Date.now()).toBeGreaterThan(DAY_MS - 60_000);
    expect(Date.parse(made.oldExpireAt) - Date.now()).toBeLessThanOrEqual(DAY_MS);
    expect(Math.abs(Date.parse(made.expireAt) - Date.now() - 7 * DAY_MS)).toBeLessThan(60_000);
    const both = await listed(old.name);
    expect(both).toHaveLength(2);
    for (const one of both) expect(one).toMatchObject({ scopes: ['artifact:read'], namePattern: 'ci-*' });
    const update = { id: (await pushed(alice, { name: freshName('ci') }))._id, public: true };
    expect(codes(await rpc('artifact.update', { token: made.token, json: update }))).toBe('403/40301');
    await onDatabase([
      [`UPDATE access_token SET expires_at = now() WHERE id = $1 AND replaced_at IS NOT NULL`, [old._id]],
    ]);
    expect(await isAlive(old.token)).toBe(false);
    expect(await isAlive(made.token)).toBe(true);
  });

  test('success: without an overlap the old text fails from the next request on, by name and by the token itself', async () => {
    const old = await create();
    const made = await rotate({ name: old.name, overlapMinutes: 0 }, old.token);
    expect(await isAlive(old.token)).toBe(false);
    expect(await isAlive(made.token)).toBe(true);
    expect(await listed(old.name)).toHaveLength(1);
  });

  test('the old text never counts for longer than it would have', async () => {
    const old = await create({ expirationDays: 1 });
    const made = await rotate({ id: old._id, overlapMinutes: 10_080 });
    expect(made.oldExpireAt).toBe(old.expireAt);
  });

  test('who has a token twice ends it once and for all by its name', async () => {
    const old = await create();
    const made = await rotate({ id: old._id });
    dataOf(await rpc('user.pat.delete', { token: alice.session, json: { name: old.name } }));
    expect(await isAlive(old.token)).toBe(false);
    expect(await isAlive(made.token)).toBe(false);
  });

  test('one that was replaced already is none, and two at once make one', async () => {
    const old = await create();
    const replies = await Promise.all(
      [1, 2].map(() => rpc(ROTATE, { token: alice.session, json: { id: old._id } })),
    );
    expect(replies.map(codes).sort()).toEqual(['200/20000', '404/40403']);
    expect(await listed(old.name)).toHaveLength(2);
  });

  test('not allowed: a token gets none that may do more than itself', async () => {
    const wide = await create();
    for (const limits of [
      { scopes: ['token:manage', 'artifact:read'] },
      { namePattern: 'ci-*', scopes: ['token:manage'] },
      { namePattern: 'ci-*' },
    ]) {
      const limited = await create(limits);
      const reply = await rpc(ROTATE, { token: limited.token, json: { id: wide._id } });
      expect(codes(reply)).toBe('403/40301');
      const self = await rotate({ id: limited._id, overlapMinutes: 0 }, limited.token);
      expect(await isAlive(self.token)).toBe(true);
    }
    expect(await isAlive(wide.token)).toBe(true);
    expect(await listed(wide.name)).toHaveLength(1);
  });

  test.each([-1, 10_081, 'soon', 1.5])('invalid: an overlap of %s minutes', async (overlapMinutes) => {
    const { _id: id } = await create();
    expect(codes(await rpc(ROTATE, { token: alice.session, json: { id, overlapMinutes } }))).toBe(
      '400/40001',
    );
  });
});

describe('user.pat.rename', () => {
  test('success: its text goes on working, and it is written down', async () => {
    const { name, token } = await create();
    const newName = freshName('renamed');
    dataOf(await rpc(RENAME, { token: alice.session, json: { name, newName } }));
    expect(await isAlive(token)).toBe(true);
    expect(await listed(name)).toHaveLength(0);
    expect(await listed(newName)).toHaveLength(1);
    const [act] = await rowsOf(
      `SELECT action, detail->>'renamedFrom' AS "from" FROM audit_event WHERE target = $1`,
      [newName],
    );
    expect(act).toEqual({ action: 'token.rename', from: name });
  });

  test('taken: 422/42202', async () => {
    const [one, other] = [await create(), await create()];
    const json = { id: one._id, newName: other.name };
    expect(codes(await rpc(RENAME, { token: alice.session, json }))).toBe('422/42202');
    expect(await listed(one.name)).toHaveLength(1);
  });

  test.each(['', ' ', 'x'.repeat(101), 'a\0b'])('invalid: a name of %j', async (newName) => {
    const { _id: id } = await create();
    expect(codes(await rpc(RENAME, { token: alice.session, json: { id, newName } }))).toBe('400/40001');
  });
});

describe.each([
  [RENAME, { newName: 'x' }],
  [ROTATE, {}],
])('%s', (method, fields) => {
  test("not visible and not there: another user's token is none", async () => {
    const { _id, name } = await create();
    for (const [field, pair] of [
      ['id', { hidden: _id, absent: '0'.repeat(24) }],
      ['name', { hidden: name, absent: freshName('ci') }],
    ] as const) {
      const replies = await both(pair, (which) =>
        rpc(method, { token: bob.token, json: { ...fields, [field]: which } }),
      );
      expect(replies.hidden).toEqual(replies.absent);
      expect(replies.hidden.status).toBe(404);
    }
  });

  test('invalid: neither name nor id; no token: 401/40103; without the scope: 403/40301', async () => {
    expect(codes(await rpc(method, { token: alice.session, json: fields }))).toBe('400/40001');
    expect(codes(await rpc(method, { json: { ...fields, name: 'x' } }))).toBe('401/40103');
    const { token } = await create({ scopes: ['artifact:read'] });
    expect(codes(await rpc(method, { token, json: { ...fields, name: 'x' } }))).toBe('403/40301');
  });
});

test('a use of a token is written down with its address and program, and a narrower token cannot make a wider one', async () => {
  const { _id, token } = await create({ namePattern: 'ci-*' });
  const headers = { 'user-agent': 'python-requests/2.32.3' };
  expect((await rpc('user.identity.whoami', { token, headers })).status).toBe(200);
  const use = () =>
    rowsOf(
      'SELECT last_used_address AS address, last_used_client AS client FROM access_token WHERE id = $1',
      [_id],
    );
  await expect.poll(use).toEqual([{ address: '127.0.0.1', client: 'python-requests/2.32.3' }]);
  for (const [namePattern, code] of [
    ['ci-1-*', '200/20000'],
    ['ci-1', '200/20000'],
    ['c*', '403/40301'],
    ['*', '403/40301'],
    ['prod', '403/40301'],
    ['a\0', '400/40001'],
  ]) {
    const json = { name: freshName('narrow'), namePattern };
    expect(codes(await rpc('user.pat.create', { token, json })), namePattern).toBe(code);
  }
});
