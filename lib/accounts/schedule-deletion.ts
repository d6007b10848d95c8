import type pg from 'pg';
import { ACCOUNT_LOCK, IS_LAST_ADMINISTRATOR, LAST_ADMINISTRATOR } from '#lib/accounts/lock.ts';
import { requirePerson } from '#lib/accounts/require-person.ts';
import { requireProof } from '#lib/accounts/require-proof.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { type Clock, DAY_MS } from '#lib/clock.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';

/** How long a person may change their mind. */
const DELETION_DAYS = 7;

/**
 * Sets the time from which on the housekeeping deletes an account; one that is set already stays.
 * @throws Fault `not-allowed` for the last administrator.
 */
export async function setDeleteAt(client: pg.ClientBase, userId: string, deleteAt: Date): Promise<Date> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [ACCOUNT_LOCK]);
  const { rows } = await client.query<{ isLast: boolean }>(
    `SELECT ${IS_LAST_ADMINISTRATOR} AS "isLast" FROM app_user u WHERE id = $1`,
    [userId],
  );
  if (rows[0]?.isLast) throw new Fault('not-allowed', LAST_ADMINISTRATOR);
  const set = await client.query<{ deleteAt: Date }>(
    `UPDATE app_user SET delete_at = least(delete_at, $2) WHERE id = $1 RETURNING delete_at AS "deleteAt"`,
    [userId, deleteAt],
  );
  return set.rows[0]?.deleteAt ?? deleteAt;
}

interface ScheduleOptions {
  caller: Caller;
  /** The user name, typed once more. */
  name: string;
  /** Where the account has one. */
  password?: string;
  origin: Origin;
  clock: Clock;
}

/**
 * Has the caller's account deleted in `DELETION_DAYS`. Until then everything goes on as before, so that nothing is lost
 * by a change of mind.
 * @returns when it is deleted.
 * @throws Fault `invalid` for another name, `wrong-password` and `too-often`, `not-allowed` for a token and for the last
 *   administrator.
 */
export async function scheduleDeletion(options: ScheduleOptions): Promise<Date> {
  const { caller, name, password, origin, clock } = options;
  requirePerson(caller);
  if (name !== caller.name)
    throw new Fault('invalid', `This is not your user name. Type ${caller.name} to delete this account.`);
  await requireProof({ caller, password, origin, clock });
  const deleteAt = new Date(clock.now().getTime() + DELETION_DAYS * DAY_MS);
  return transaction(async (client) => {
    const at = await setDeleteAt(client, caller.userId, deleteAt);
    const detail = { deleteAt: at.toISOString() };
    await insertAudit(client, origin, { action: 'account.leave', target: caller.name, detail });
    return at;
  });
}

/**
 * Takes the wish back.
 * @throws Fault `not-allowed` for a token, `not-found` once the deletion has begun.
 */
export async function keepAccount({ caller, origin }: { caller: Caller; origin: Origin }): Promise<void> {
  requirePerson(caller);
  await transaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE app_user SET delete_at = NULL WHERE id = $1 AND delete_at IS NOT NULL AND disabled_at IS NULL`,
      [caller.userId],
    );
    if (rowCount === 0)
      throw new Fault('not-found', 'This account is not waiting to be deleted. Load the page again.');
    await insertAudit(client, origin, { action: 'account.keep', target: caller.name });
  });
}
