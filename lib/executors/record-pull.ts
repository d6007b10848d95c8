import { setTimeout as sleep } from 'node:timers/promises';
import { inBackground } from '#lib/background.ts';
import { SECOND_MS } from '#lib/clock.ts';
import { relaxedPool } from '#lib/db/pool.ts';
import { shared } from '#lib/shared.ts';

/** One pull of a commit. */
interface Pull {
  executorId: string;
  commitNumber: number;
  /** Null for nobody, who needs no account. */
  userId: string | null;
  /** The user agent. */
  client: string;
  address: string | null;
}

/** Pulls of so long are written together: a row for each would take a quarter of the time of a `getPackage`. */
const GATHER_MS = SECOND_MS / 10;

/** Those that are not written yet; the same pull, made again, is counted. */
const waiting = () => shared('executor-pulls', () => new Map<string, Pull & { count: number }>());

/** What was deleted in the meantime has no pulls. */
const INSERT = `
  INSERT INTO executor_pull (executor_id, commit_number, user_id, client, address, count)
  SELECT pull.* FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::int[])
    AS pull (executor_id, commit_number, user_id, client, address, count) JOIN executor e ON e.id = pull.executor_id`;

async function write(): Promise<void> {
  const pulls = [...waiting().values()];
  waiting().clear();
  await relaxedPool().query({
    name: 'record-executor-pulls',
    text: INSERT,
    values: [
      pulls.map(({ executorId }) => executorId),
      pulls.map(({ commitNumber }) => commitNumber),
      pulls.map(({ userId }) => userId),
      pulls.map(({ client }) => client),
      pulls.map(({ address }) => address),
      pulls.map(({ count }) => count),
    ],
  });
}

/** Notes a pull, for statistics: it neither waits for the database nor fails what was pulled. */
export function recordExecutorPull(pull: Pull): void {
  const pulls = waiting();
  const key = JSON.stringify(pull);
  const same = pulls.get(key);
  if (same) same.count++;
  else pulls.set(key, { ...pull, count: 1 });
  if (same || pulls.size > 1) return;
  inBackground('recording pulls', async () => {
    await sleep(GATHER_MS);
    await write();
  });
}
