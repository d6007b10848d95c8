import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ANONYMOUS_DAYS, ANONYMOUS_PUSHES_AN_HOUR } from '#lib/artifacts/anonymous.ts';
import { expireArtifacts } from '#lib/artifacts/expire.ts';
import { findOwn, findVisible } from '#lib/artifacts/find.ts';
import { ANONYMOUS, systemNamespaceId } from '#lib/artifacts/system-namespaces.ts';
import { ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { type Clock, DAY_MS, MINUTE_MS, systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { type Books, books, readAll, versionNumbers } from '#lib/testing/books.ts';
import { makeStranger, makeUser, push } from '#lib/testing/domain.ts';

const KB = 1_000;
const later = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms) });
const freshName = () => `name-${randomBytes(6).toString('hex')}`;

async function anonymousNamespaceId(): Promise<string> {
  const terms = { quotaBytes: env().ANONYMOUS_QUOTA_BYTES, retentionDays: ANONYMOUS_DAYS };
  return systemNamespaceId(ANONYMOUS, terms);
}

async function anonymousBooks(): Promise<Books> {
  return books({ caller: { namespaceId: await anonymousNamespaceId() } });
}

async function expectRightBooks(): Promise<void> {
  const { usedBytes, currentBytes, versionBytes, liveBytes } = await anonymousBooks();
  expect({ usedBytes, currentBytes }).toEqual({ usedBytes: versionBytes, currentBytes: liveBytes });
}

/** Sets what all anonymous pushes may keep while `work` runs. */
async function withQuota(quotaBytes: number, work: () => Promise<void>): Promise<void> {
  const before = env().ANONYMOUS_QUOTA_BYTES;
  env().ANONYMOUS_QUOTA_BYTES = quotaBytes;
  try {
    await work();
  } finally {
    env().ANONYMOUS_QUOTA_BYTES = before;
    await anonymousNamespaceId();
  }
}

describe('a push without an account', () => {
  it('makes an un-namespaced public artifact that everybody finds by its bare name, and nobody owns', async () => {
    const name = freshName();
    const row = await push(makeStranger(), Buffer.from('shared'), { name });
    expect(row).toMatchObject({ name, isLegacy: true, visibility: 'public' });
    expect(await readAll(row)).toEqual(Buffer.from('shared'));
    const user = await makeUser();
    for (const caller of [user.caller, null])
      expect(await findVisible(caller, { name })).toMatchObject({ id: row.id });
    await expect(findOwn(user.caller, { name })).rejects.toMatchObject({ kind: 'not-allowed' });
    await expectRightBooks();
  });

  it('overrides what another stranger pushed under the name, as a new version of the same artifact', async () => {
    const name = freshName();
    const first = await push(makeStranger(), Buffer.from('one'), { name });
    const second = await push(makeStranger(), Buffer.from('three'), { name });
    expect(second).toMatchObject({ id: first.id, versionNumber: 2, sizeBytes: 5 });
    await expectRightBooks();
  });

  it('is kept for seven days from the last push, and not a moment longer', async () => {
    const name = freshName();
    const { id, expiresAt } = await push(makeStranger(), Buffer.from('one'), { name });
    expect(Number(expiresAt) - Date.now()).toBeLessThanOrEqual(ANONYMOUS_DAYS * DAY_MS);
    const { origin } = makeStranger();
    await push({ origin }, Buffer.from('one'), { name }, later(DAY_MS));
    await expireArtifacts(later(ANONYMOUS_DAYS * DAY_MS + MINUTE_MS), origin);
    expect(await versionNumbers(id)).toEqual([1]);
    await expireArtifacts(later((ANONYMOUS_DAYS + 1) * DAY_MS + MINUTE_MS), origin);
    expect(await versionNumbers(id)).toEqual([]);
    await expectRightBooks();
  });

  it('is written down with its address and without an actor', async () => {
    const stranger = makeStranger();
    const { name } = await push(stranger, Buffer.from('x'), { name: freshName() });
    const { rows } = await pool().query(
      'SELECT action, actor_id, token_id, namespace, address FROM audit_event WHERE target = $1',
      [name],
    );
    const { address } = stranger.origin;
    expect(rows).toEqual([
      { action: 'artifact.create', actor_id: null, token_id: null, namespace: '_anonymous', address },
    ]);
  });

  it('is refused privately, by id, without a name, and with a name that cannot be', async () => {
    const open = await push(makeStranger(), Buffer.from('x'), { name: freshName() });
    const before = await anonymousBooks();
    for (const [input, kind] of [
      [{ name: freshName(), public: false }, 'log-in'],
      [{ id: open.id }, 'log-in'],
      [{ id: open.id, name: open.name ?? '' }, 'log-in'],
      [{}, 'invalid'],
      [{ name: '' }, 'invalid'],
      [{ name: 'line\nbreak' }, 'invalid'],
    ] as const)
      await expect(push(makeStranger(), Buffer.from('y'), input)).rejects.toMatchObject({ kind });
    expect(await anonymousBooks()).toEqual(before);
  });

  it('is refused so many times an hour and address, and from no other address', async () => {
    const { origin } = makeStranger();
    const pushing = () => push({ origin }, Buffer.from('x'), {});
    for (let i = 0; i < ANONYMOUS_PUSHES_AN_HOUR; i++)
      await expect(pushing()).rejects.toMatchObject({ kind: 'invalid' });
    await expect(pushing()).rejects.toMatchObject({
      kind: 'too-often',
      retryAfterSeconds: expect.any(Number),
    });
    await expect(push(makeStranger(), Buffer.from('x'), {})).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('whose an un-namespaced name is', () => {
  it('a name that begins with somebody’s namespace is theirs, there or not, before and after', async () => {
    const user = await makeUser();
    const name = `${user.caller.name}/${freshName()}`;
    await expect(push(makeStranger(), Buffer.from('x'), { name })).rejects.toMatchObject({ kind: 'log-in' });
    const later = `later${randomBytes(6).toString('hex')}`;
    await push(makeStranger(), Buffer.from('planted'), { name: `${later}/x` });
    expect(await findVisible(null, { name: `${later}/x` })).toMatchObject({ isLegacy: true });
    const { caller } = await makeUser();
    await pool().query('UPDATE namespace SET slug = $2 WHERE id = $1', [caller.namespaceId, later]);
    for (const who of [user.caller, null])
      await expect(findVisible(who, { name: `${later}/x` })).rejects.toMatchObject({
        kind: who ? 'not-found' : 'log-in',
      });
  });

  it('an own artifact of the whole text wins, and a user’s push of the name goes to the user', async () => {
    const name = freshName();
    const shared = await push(makeStranger(), Buffer.from('shared'), { name });
    const user = await makeUser();
    const own = await push(user, Buffer.from('own'), { name });
    expect(own).toMatchObject({ isLegacy: false, visibility: 'private' });
    expect(await findVisible(user.caller, { name })).toMatchObject({ id: own.id });
    expect(await findVisible(null, { name })).toMatchObject({ id: shared.id });
  });

  it('the namespaces that hold them are nobody’s and resolve to nothing', async () => {
    const { name } = await push(makeStranger(), Buffer.from('x'), { name: freshName() });
    await expect(findVisible(null, { name: `_anonymous/${name}` })).rejects.toMatchObject({ kind: 'log-in' });
    const user = await makeUser();
    const own = await push(user, Buffer.from('x'), { name: `_anonymous/${name}` });
    expect(own).toMatchObject({ name: `_anonymous/${name}`, namespaceId: user.caller.namespaceId });
  });
});

describe('the quota that all anonymous pushes share', () => {
  it('refuses what would pass it, counts bytes in flight, and lets a name be replaced', async () => {
    const { currentBytes } = await anonymousBooks();
    await withQuota(currentBytes + 10 * KB, async () => {
      const name = freshName();
      await push(makeStranger(), randomBytes(6 * KB), { name });
      await expect(push(makeStranger(), randomBytes(6 * KB), { name: freshName() })).rejects.toMatchObject({
        kind: 'over-quota',
        message: expect.stringContaining('without a token'),
      });
      await push(makeStranger(), randomBytes(6 * KB), { name });
      const namespaceId = await anonymousNamespaceId();
      const other = await ProvisionalBlob.reserve({ namespaceId, announcedBytes: 3 * KB });
      const small = () => push(makeStranger(), randomBytes(2 * KB), { name: freshName() });
      await expect(small()).rejects.toMatchObject({ kind: 'over-quota' });
      other.release();
      await other.discard();
      await small();
      await expectRightBooks();
    });
  });

  it('is nobody else’s: a user’s push is not charged to it', async () => {
    const before = await anonymousBooks();
    await withQuota(0, async () => {
      const row = await push(await makeUser(), randomBytes(KB), { name: freshName() });
      expect(row.sizeBytes).toBe(KB);
      await expect(push(makeStranger(), randomBytes(1), { name: freshName() })).rejects.toMatchObject({
        kind: 'over-quota',
      });
    });
    expect(await anonymousBooks()).toEqual(before);
  });

  it('holds for many at once, of one name and of many, and the books stay right', async () => {
    const { currentBytes } = await anonymousBooks();
    await withQuota(currentBytes + 10 * KB, async () => {
      const name = freshName();
      const same = Array.from({ length: 8 }, (_, i) => push(makeStranger(), randomBytes(KB + i), { name }));
      const rows = await Promise.all(same);
      expect(new Set(rows.map((row) => row.id)).size).toBe(1);
      const many = Array.from({ length: 8 }, () =>
        push(makeStranger(), randomBytes(3 * KB), { name: freshName() }),
      );
      await Promise.allSettled(many);
      const after = await anonymousBooks();
      expect(after.currentBytes).toBeLessThanOrEqual(currentBytes + 10 * KB);
      await expectRightBooks();
    });
  });
});

describe('a system namespace', () => {
  it('is made once by many at once, and follows its terms', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, anonymousNamespaceId));
    expect(new Set(made).size).toBe(1);
    await withQuota(123, async () => {
      expect(await anonymousNamespaceId()).toBe(made[0]);
      const { rows } = await pool().query('SELECT kind, quota_bytes FROM namespace WHERE id = $1', [made[0]]);
      expect(rows).toEqual([{ kind: 'system', quota_bytes: '123' }]);
    });
  });

  it('has a slug that no other kind of namespace can have', async () => {
    const insert = (slug: string, kind: string) =>
      pool().query('INSERT INTO namespace (id, slug, kind, quota_bytes) VALUES ($1, $2, $3, 0)', [
        'x',
        slug,
        kind,
      ]);
    await expect(insert('_mine', 'user')).rejects.toThrow('namespace_slug_form');
    await expect(insert('mine', 'system')).rejects.toThrow('namespace_slug_form');
  });
});

describe('an un-namespaced artifact', () => {
  it('can be neither private nor have a name in a namespace, whatever code is wrong', async () => {
    const { id } = await push(makeStranger(), Buffer.from('x'), { name: freshName() }, systemClock);
    for (const change of ["visibility = 'private'", "name = 'a name'"])
      await expect(pool().query(`UPDATE artifact SET ${change} WHERE id = $1`, [id])).rejects.toThrow(
        'artifact_legacy_name_form',
      );
  });
});
