import { expireArtifacts } from '#lib/artifacts/expire.ts';
import { purgeTrash } from '#lib/artifacts/purge.ts';
import { sweepBlobs } from '#lib/blobs/sweep.ts';
import { verifyBlobs } from '#lib/blobs/verify.ts';
import { databaseClock } from '#lib/db/database-clock.ts';
import { isDatabaseAway } from '#lib/db/is-away.ts';
import { withHousekeepingLock } from '#lib/housekeeping/run.ts';
import { newRequestId } from '#lib/ids.ts';

/**
 * A process beside the server that does what `admin expire`, `admin purge --at`, `admin sweep --at` and `admin verify` do, many times
 * over without their start.
 */
export interface Task {
  number: number;
  name: 'expire' | 'purge' | 'sweep' | 'verify';
  /** How far ahead of now it looks. */
  aheadMs: number;
}

export interface TaskReport {
  number: number;
  /** Null: another process keeps house, or the database is away. */
  result: string | null;
  error?: string;
}

async function verify(): Promise<string> {
  const findings: string[] = [];
  for await (const { blob, problem } of verifyBlobs({ checked: 0 })) findings.push(`${blob}: ${problem}`);
  return findings.join(', ');
}

async function work({ name, aheadMs }: Task): Promise<string | null> {
  if (name === 'verify') return verify();
  const now = (await databaseClock()).now().getTime();
  const clock = { now: () => new Date(now + aheadMs) };
  const origin = { caller: null, address: null, client: 'model test', requestId: newRequestId() };
  const tasks = {
    expire: () => expireArtifacts(clock, origin),
    purge: () => purgeTrash(clock, origin),
    sweep: () => sweepBlobs(clock),
  };
  const done = await withHousekeepingLock<unknown>(tasks[name]);
  return done === null ? null : JSON.stringify(done);
}

async function report(task: Task): Promise<TaskReport> {
  try {
    return { number: task.number, result: await work(task) };
  } catch (error) {
    if (isDatabaseAway(error)) return { number: task.number, result: null };
    return { number: task.number, result: null, error: String((error as Error).stack) };
  }
}

process.on('message', (task: Task) => void report(task).then((answer) => process.send?.(answer)));
process.on('disconnect', () => process.exit());
