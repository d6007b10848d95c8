import type pg from 'pg';
import { setDeleteAt } from '#lib/accounts/schedule-deletion.ts';
import { destroyNamespaceArtifacts } from '#lib/artifacts/destroy-all.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { destroyNamespaceExecutors } from '#lib/executors/destroy-all.ts';
import { log } from '#lib/log.ts';

interface Leaver {
  userId: string;
  namespaceId: string;
  /** The user name, and the namespace. */
  name: string;
}

const LEAVERS = `
  SELECT u.id AS "userId", u.name, n.id AS "namespaceId" FROM app_user u JOIN namespace n ON n.owner_id = u.id
  WHERE u.delete_at <= $1`;

/** Another run may have done it, or the person kept the account. */
async function lockLeaver(client: pg.ClientBase, { userId }: Leaver, now: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM app_user WHERE id = $1 AND delete_at <= $2 FOR UPDATE',
    [userId, now],
  );
  return rowCount === 1;
}

/**
 * The first step, from which on nothing acts in the account's name: its tokens end, then its sessions and logins, it signs
 * in no more, its signing keys count no more, pushes that arrive are stopped, and none that is late fits.
 */
async function close(leaver: Leaver, origin: Origin, now: Date): Promise<boolean> {
  const { userId, namespaceId, name } = leaver;
  return transaction(async (client) => {
    if (!(await lockLeaver(client, leaver, now))) return false;
    const tokens = await client.query('DELETE FROM access_token WHERE user_id = $1', [userId]);
    const sessions = await client.query('DELETE FROM session WHERE user_id = $1', [userId]);
    await client.query('DELETE FROM login_request WHERE user_id = $1', [userId]);
    await client.query('DELETE FROM signing_key WHERE namespace_id = $1', [namespaceId]);
    await client.query('UPDATE app_user SET disabled_at = coalesce(disabled_at, $2) WHERE id = $1', [
      userId,
      now,
    ]);
    await client.query('UPDATE namespace SET quota_bytes = 0 WHERE id = $1', [namespaceId]);
    await client.query(
      `UPDATE blob SET is_stopped = true WHERE namespace_id = $1 AND state = 'provisional'`,
      [namespaceId],
    );
    const detail = { tokens: tokens.rowCount, sessions: sessions.rowCount };
    await insertAudit(client, origin, { action: 'account.close', target: name, namespace: name, detail });
    return true;
  });
}

/** The last step: identities, picture and whatever else refers to the user go with the row; the namespace stays nobody's. */
async function forget(leaver: Leaver, origin: Origin, now: Date): Promise<void> {
  const { userId, name } = leaver;
  await transaction(async (client) => {
    if (!(await lockLeaver(client, leaver, now))) return;
    await client.query('DELETE FROM app_user WHERE id = $1', [userId]);
    await insertAudit(client, origin, { action: 'account.delete', target: name, namespace: name });
  });
}

/** Each step may be done again: one that was cut short goes on with the next run. */
async function destroy(leaver: Leaver, origin: Origin, now: Date): Promise<void> {
  if (!(await close(leaver, origin, now))) return;
  await destroyNamespaceArtifacts(leaver.namespaceId, origin);
  await destroyNamespaceExecutors(leaver.namespaceId, origin);
  await forget(leaver, origin, now);
}

/** A push that had read its credential before the account was closed may have stored something since. */
async function destroyLatecomers(origin: Origin): Promise<void> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT n.id FROM namespace n WHERE n.owner_id IS NULL AND n.kind = 'user'
       AND (EXISTS (SELECT FROM artifact a WHERE a.namespace_id = n.id AND a.deleted_at IS NULL)
         OR EXISTS (SELECT FROM artifact a WHERE a.namespace_id = n.id AND a.deleted_at IS NOT NULL)
         OR EXISTS (SELECT FROM executor e WHERE e.namespace_id = n.id)
         OR EXISTS (SELECT FROM task t WHERE t.namespace_id = n.id))`,
  );
  for (const { id } of rows) {
    await destroyNamespaceArtifacts(id, origin);
    await destroyNamespaceExecutors(id, origin);
  }
}

/**
 * Deletes the accounts whose time is over, with all that they own; one that cannot be deleted keeps no other one.
 * @returns how many were deleted.
 */
export async function destroyLeavers(clock: Clock, origin: Origin): Promise<number> {
  const now = clock.now();
  const { rows } = await pool().query<Leaver>(LEAVERS, [now]);
  let destroyed = 0;
  for (const leaver of rows) {
    try {
      await destroy(leaver, origin, now);
      destroyed += 1;
    } catch (error) {
      log().error({ err: error, user: leaver.name }, 'an account could not be deleted; it is tried again');
    }
  }
  await destroyLatecomers(origin);
  return destroyed;
}

/**
 * Deletes an account now, for an administrator.
 * @throws Fault `not-allowed` for the last administrator's.
 */
export async function destroyAccount(userId: string, origin: Origin, clock: Clock): Promise<void> {
  const now = clock.now();
  await transaction((client) => setDeleteAt(client, userId, now));
  const { rows } = await pool().query<Leaver>(`${LEAVERS} AND u.id = $2`, [now, userId]);
  for (const leaver of rows) await destroy(leaver, origin, now);
}
