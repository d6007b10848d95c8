import { destroyLeavers } from '#lib/accounts/destroy.ts';
import { expireArtifacts } from '#lib/artifacts/expire.ts';
import { foldDownloads } from '#lib/artifacts/fold-downloads.ts';
import { foldPulls } from '#lib/artifacts/fold-pulls.ts';
import { foldTally } from '#lib/artifacts/fold-tally.ts';
import { purgeTrash } from '#lib/artifacts/purge.ts';
import { type SweepResult, sweepBlobs } from '#lib/blobs/sweep.ts';
import { type Clock, DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { foldHubTally } from '#lib/executors/fold-hub.ts';
import { countExecutorPulls, foldExecutorPulls } from '#lib/executors/fold-pulls.ts';
import { purgeExecutorTrash } from '#lib/executors/purge.ts';
import { newRequestId } from '#lib/ids.ts';
import { type DeliveryResult, deliverMails } from '#lib/mail/deliver.ts';
import { metrics } from '#lib/metrics.ts';
import { keepRegistry } from '#lib/registry/keep-house.ts';
import { forgetOldTasks } from '#lib/tasks/forget.ts';

/** Any number that no other advisory lock of ours uses: whoever holds it does the housekeeping. */
const LOCK = 8_301_001;

/** Links that are over stay so long, with their mails: an administrator sees what could not be sent. */
const LINK_KEEP_MS = 7 * DAY_MS;

/** What a run did. */
export interface HousekeepingResult extends SweepResult, DeliveryResult {
  expiredArtifacts: number;
  purgedArtifacts: number;
  purgedExecutors: number;
  deletedAccounts: number;
  removedImages: number;
}

/** Rows that are over and that nothing points at. */
async function forgetOldRows(now: Date): Promise<void> {
  await pool().query('DELETE FROM session WHERE expires_at <= $1', [now]);
  await pool().query("DELETE FROM login_request WHERE expires_at <= $1::timestamptz - interval '2 minutes'", [
    now,
  ]);
  const linkCutoff = new Date(now.getTime() - LINK_KEEP_MS);
  await pool().query('DELETE FROM account_link WHERE expires_at <= $1', [linkCutoff]);
  await pool().query('DELETE FROM pending_identity WHERE expires_at <= $1', [now]);
  await pool().query('DELETE FROM access_token WHERE expires_at <= $1', [now]);
  await pool().query('DELETE FROM rate_limit WHERE expire <= $1', [now.getTime()]);
  const auditCutoff = new Date(now.getTime() - env().AUDIT_DAYS * DAY_MS);
  await pool().query('DELETE FROM audit_event WHERE at <= $1', [auditCutoff]);
}

function count(result: HousekeepingResult, hasFailed: boolean): void {
  const { housekeepingRuns, housekeepingDone, housekeepingLastSeconds } = metrics();
  housekeepingRuns.inc({ outcome: hasFailed ? 'failed' : 'done' });
  for (const [what, many] of Object.entries(result)) housekeepingDone.inc({ what }, many);
  if (!hasFailed) housekeepingLastSeconds.setToCurrentTime();
}

/** Does every step, also when one fails; then tells the first failure. */
async function work(clock: Clock): Promise<HousekeepingResult> {
  const origin = { caller: null, address: null, client: 'housekeeping', requestId: newRequestId() };
  const result = {
    expiredArtifacts: 0,
    purgedArtifacts: 0,
    purgedExecutors: 0,
    deletedAccounts: 0,
    abandonedUploads: 0,
    removedBlobs: 0,
    sentMails: 0,
    failedMails: 0,
    removedImages: 0,
  };
  const failures: unknown[] = [];
  const steps = [
    async () => Object.assign(result, { expiredArtifacts: await expireArtifacts(clock, origin) }),
    async () => Object.assign(result, { purgedArtifacts: await purgeTrash(clock, origin) }),
    async () => Object.assign(result, { purgedExecutors: await purgeExecutorTrash(clock, origin) }),
    async () => Object.assign(result, { deletedAccounts: await destroyLeavers(clock, origin) }),
    async () => Object.assign(result, await sweepBlobs(clock)),
    () => forgetOldRows(clock.now()),
    () => forgetOldTasks(clock.now()),
    async () => Object.assign(result, await deliverMails(clock)),
    () => foldDownloads(clock),
    () => foldTally(),
    () => foldPulls(),
    () => countExecutorPulls(),
    () => foldExecutorPulls(clock),
    () => foldHubTally(),
    async () => Object.assign(result, { removedImages: await keepRegistry(clock) }),
  ];
  for (const step of steps) await step().catch((error) => failures.push(error));
  count(result, failures.length > 0);
  if (failures.length > 0) throw failures[0];
  return result;
}

/**
 * Runs `work` while no other process keeps house.
 * @returns null, with nothing done, when another one does.
 */
export async function withHousekeepingLock<T>(work: () => Promise<T>): Promise<T | null> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      LOCK,
    ]);
    if (!rows[0]?.locked) return null;
    try {
      return await work();
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    }
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // After a failure the connection may still hold the lock: closing it lets go.
    client.release(failure);
  }
}

/**
 * Expires artifacts, empties the trash of what is old in it, deletes accounts whose time is over, removes bytes that
 * nothing needs, sends mails that wait, and forgets old rows; everything is found by an index.
 * @returns null when another process is at it.
 */
export async function runHousekeeping(clock: Clock): Promise<HousekeepingResult | null> {
  return withHousekeepingLock(() => work(clock));
}
