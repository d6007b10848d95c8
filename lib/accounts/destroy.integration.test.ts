import { beforeEach, describe, expect, it } from 'vitest';
import { checkPassword } from '#lib/accounts/check-password.ts';
import { createAccount } from '#lib/accounts/create.ts';
import { destroyAccount, destroyLeavers } from '#lib/accounts/destroy.ts';
import { ACCOUNT_LOCK } from '#lib/accounts/lock.ts';
import { keepAccount, scheduleDeletion } from '#lib/accounts/schedule-deletion.ts';
import { deleteArtifact } from '#lib/artifacts/delete.ts';
import { pushArtifact } from '#lib/artifacts/push.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import { verifyBlobs } from '#lib/blobs/verify.ts';
import { systemClock as clock, DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { prisma } from '#lib/db/prisma.ts';
import { deleteExecutor } from '#lib/executors/remove.ts';
import { runHousekeeping } from '#lib/housekeeping/run.ts';
import { createSession } from '#lib/sessions/create.ts';
import { books } from '#lib/testing/books.ts';
import { makeStranger, makeUser, push, type TestUser } from '#lib/testing/domain.ts';
import { insertExecutor, insertTask } from '#lib/testing/executors.ts';
import { createToken } from '#lib/tokens/create.ts';

const SERVER = { caller: null, address: null, client: 'housekeeping', requestId: 'request' };
const inDays = (days: number) => ({ now: () => new Date(Date.now() + days * DAY_MS) });

beforeEach(async () => {
  await prisma().$executeRaw`TRUNCATE app_user, namespace, audit_event CASCADE`;
});

/** Two Executors, of which one is in the trash, and a push that waits. */
async function giveExecutors({ caller, origin }: TestUser): Promise<void> {
  const { namespaceId } = caller;
  const client = await pool().connect();
  await insertExecutor(client, { namespaceId, name: 'Kept', visibility: 'public' });
  const { id } = await insertExecutor(client, { namespaceId, name: 'Gone' });
  client.release();
  await deleteExecutor({ caller, origin, id });
  await insertTask(pool(), { namespaceId, executorId: null, name: 'New', state: 'waiting' });
}

/** Somebody with two versions of one thing, another in the trash, a token and a session. */
async function somebody() {
  const user = await makeUser({ retentionDays: null });
  const { userId } = user.caller;
  await push(user, Buffer.from('first'), { name: 'kept', public: true });
  await push(user, Buffer.from('second'), { name: 'kept' });
  await push(user, Buffer.from('gone'), { name: 'gone' });
  await deleteArtifact({ ...user, ref: { name: 'gone' } });
  const { token } = await createToken({ userId, name: 'ci', days: 30, origin: user.origin, clock });
  const session = await createSession({ userId, origin: user.origin, clock });
  return { ...user, token, session: session.token };
}

function leave({ caller, origin }: TestUser, at = clock): Promise<Date> {
  return scheduleDeletion({ caller, origin, name: caller.name, clock: at });
}

async function count(table: string, condition: string, value: string): Promise<number> {
  const { rowCount } = await pool().query(`SELECT FROM ${table} WHERE ${condition} = $1`, [value]);
  return rowCount ?? 0;
}

async function actions(namespace: string): Promise<string[]> {
  const { rows } = await pool().query<{ action: string }>(
    `SELECT action FROM audit_event WHERE namespace = $1 AND action LIKE 'account.%' ORDER BY id`,
    [namespace],
  );
  return rows.map(({ action }) => action);
}

/** Nothing is left but the namespace's slug, which nobody gets again, and what was written down. */
async function expectGone({ caller }: TestUser): Promise<void> {
  const { userId, namespaceId, name } = caller;
  for (const table of ['access_token', 'session', 'login_request', 'avatar'])
    expect(await count(table, 'user_id', userId), table).toBe(0);
  expect(await count('app_user', 'id', userId)).toBe(0);
  for (const table of ['artifact', 'executor', 'task', 'signing_key'])
    expect(await count(table, 'namespace_id', namespaceId), table).toBe(0);
  expect(await books({ caller })).toMatchObject({ usedBytes: 0, currentBytes: 0, versionBytes: 0 });
  const account = { name, email: 'new@example.org', password: 'a sentence for nobody' };
  await expect(createAccount({ ...account, isAdmin: false, origin: SERVER })).rejects.toMatchObject({
    kind: 'name-taken',
  });
}

describe('the deletion of an account', () => {
  it('leaves everything as it is for seven days, and then nothing but the name', async () => {
    const user = await somebody();
    await giveExecutors(user);
    const neighbour = await somebody();
    const deleteAt = await leave(user);
    expect(Math.abs(deleteAt.getTime() - Date.now() - 7 * DAY_MS)).toBeLessThan(60_000);
    expect(await destroyLeavers(inDays(6.9), SERVER)).toBe(0);
    expect(await authenticate(user.token)).not.toBeNull();
    expect(await authenticate(user.session)).not.toBeNull();
    expect(await push(user, Buffer.from('third'), { name: 'kept' })).toMatchObject({ versionNumber: 3 });

    expect((await runHousekeeping(inDays(7.1)))?.deletedAccounts).toBe(1);
    await expectGone(user);
    expect(await authenticate(user.token)).toBeNull();
    expect(await actions(user.caller.name)).toEqual(['account.leave', 'account.close', 'account.delete']);
    expect(await authenticate(neighbour.token)).not.toBeNull();
    // What was in the trash went by its own time.
    expect(await count('artifact', 'namespace_id', neighbour.caller.namespaceId)).toBe(1);

    await runHousekeeping(inDays(8));
    expect(await count('blob', 'namespace_id', user.caller.namespaceId)).toBe(0);
    const findings = [];
    for await (const finding of verifyBlobs({ checked: 0 })) findings.push(finding);
    expect(findings).toEqual([]);
  });

  it('goes on where it was cut short: the tokens end first, and the next run does the rest', async () => {
    const user = await somebody();
    await leave(user);
    await pool().query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the disk is on fire'; END $$`);
    await pool().query(
      'CREATE TRIGGER refuse BEFORE DELETE ON artifact FOR EACH ROW EXECUTE FUNCTION refuse()',
    );
    try {
      expect(await destroyLeavers(inDays(8), SERVER)).toBe(0);
    } finally {
      await pool().query('DROP FUNCTION refuse CASCADE');
    }
    expect(await authenticate(user.token)).toBeNull();
    expect(await authenticate(user.session)).toBeNull();
    expect(await count('artifact', 'namespace_id', user.caller.namespaceId)).toBe(2);
    await expect(keepAccount(user)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await destroyLeavers(inDays(8), SERVER)).toBe(1);
    await expectGone(user);
    expect(await destroyLeavers(inDays(8), SERVER)).toBe(0);
  });

  it('is done once by two that are at it together', async () => {
    const user = await somebody();
    await leave(user);
    await Promise.all([destroyLeavers(inDays(8), SERVER), destroyLeavers(inDays(8), SERVER)]);
    await expectGone(user);
    expect((await actions(user.caller.name)).filter((action) => action === 'account.delete')).toHaveLength(1);
  });

  it('stops a push that is under way, and takes what a late one has stored', async () => {
    const user = await somebody();
    await leave(user);
    async function* body() {
      yield Buffer.from('begun');
      await destroyLeavers(inDays(8), SERVER);
      yield Buffer.from('ended');
    }
    async function* parts() {
      yield { name: 'file', isFile: true, body: body(), text: async () => '' };
    }
    const late = {
      parts: parts(),
      parseFields: () => ({ name: 'late' }),
      announcedBytes: 0,
      client: {},
      clock,
    };
    await expect(pushArtifact({ ...late, origin: user.origin })).rejects.toThrow();
    // One that is let in before and gets to the store after.
    await expect(push(user, Buffer.from('later'), { name: 'later' })).rejects.toMatchObject({
      kind: 'over-quota',
    });
    await expectGone(user);

    const { caller } = await somebody();
    await prisma().user.delete({ where: { id: caller.userId } });
    await destroyLeavers(clock, SERVER);
    expect(await count('artifact', 'namespace_id', caller.namespaceId)).toBe(0);
  });

  it('is taken back in time', async () => {
    const user = await somebody();
    await leave(user);
    await keepAccount(user);
    expect(await destroyLeavers(inDays(30), SERVER)).toBe(0);
    expect(await authenticate(user.token)).not.toBeNull();
    expect(await actions(user.caller.name)).toEqual(['account.leave', 'account.keep']);
    await expect(keepAccount(user)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('asks for the name and the password, and is the person’s alone', async () => {
    const name = 'ada';
    const password = 'a first sentence for ada';
    await createAccount({ name, email: 'ada@example.org', password, isAdmin: false, origin: SERVER });
    const { id: userId } = await prisma().user.findUniqueOrThrow({ where: { name } });
    const { token } = await createSession({ userId, origin: makeStranger().origin, clock });
    const caller = await authenticate(token);
    if (!caller) throw new Error('the session does not count');
    const wish = { caller, origin: { ...makeStranger().origin, caller }, name, password, clock };
    await expect(scheduleDeletion({ ...wish, name: 'Ada' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(scheduleDeletion({ ...wish, password: 'x' })).rejects.toMatchObject({
      kind: 'wrong-password',
    });
    for (const other of [
      { ...caller, via: 'token' as const },
      { ...caller, isProgram: true },
    ])
      await expect(scheduleDeletion({ ...wish, caller: other })).rejects.toMatchObject({
        kind: 'not-allowed',
      });
    await scheduleDeletion(wish);
    await destroyLeavers(inDays(8), SERVER);
    const signIn = (login: string) => checkPassword({ login, password, origin: makeStranger().origin });
    const [gone, unknown] = await Promise.allSettled([signIn(name), signIn('nobody')]);
    expect(gone).toEqual(unknown);
    expect(gone.status).toBe('rejected');
  });

  it('is not for the last administrator, also when two ask at once', async () => {
    const [one, two] = [await makeUser(), await makeUser()];
    await prisma().user.updateMany({ data: { isAdmin: true } });
    // Neither looks who else is left before the other is done: both wait for one lock.
    const holder = await pool().connect();
    await holder.query('BEGIN');
    await holder.query('SELECT pg_advisory_xact_lock($1)', [ACCOUNT_LOCK]);
    const wishes = Promise.allSettled([leave(one), leave(two)]);
    await expect
      .poll(async () => {
        const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted`;
        return (await pool().query(waiting, [ACCOUNT_LOCK])).rowCount;
      })
      .toBe(2);
    await holder.query('COMMIT');
    holder.release();
    const results = await wishes;
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await runHousekeeping(inDays(8));
    const [left] = await prisma().user.findMany({ where: { isAdmin: true } });
    await expect(destroyAccount(left?.id ?? '', SERVER, clock)).rejects.toMatchObject({
      kind: 'not-allowed',
    });
    expect(await prisma().user.count()).toBe(1);
  });
});

it('an administrator deletes an account at once, by the same steps', async () => {
  const user = await somebody();
  await destroyAccount(user.caller.userId, SERVER, clock);
  await expectGone(user);
});
