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

/** Pulls of so long are written together: a statement for each would take a third of the time of a `getPackage`. */
const GATHER_MS = SECOND_MS / 10;

const waiting = () => shared('executor-pulls', (): Pull[] => []);

/** What was deleted in the meantime has no pulls. */
const INSERT = `
  INSERT INTO executor_pull (executor_id, commit_number, user_id, client, address)
  SELECT pull.* FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[])
    AS pull (executor_id, commit_number, user_id, client, address) JOIN executor e ON e.id = pull.executor_id`;

async function write(): Promise<void> {
  const pulls = waiting().splice(0);
  await relaxedPool().query({
    name: 'record-executor-pulls',
    text: INSERT,
    values: [
      pulls.map(({ executorId }) => executorId),
      pulls.map(({ commitNumber }) => commitNumber),
      pulls.map(({ userId }) => userId),
      pulls.map(({ client }) => client),
      pulls.map(({ address }) => address),
    ],
  });
}

/** Notes a pull, for statistics: it neither waits for the database nor fails what was pulled. */
export function recordExecutorPull(pull: Pull): void {
  if (waiting().push(pull) > 1) return;
  inBackground('recording pulls', async () => {
    await sleep(GATHER_MS);
    await write();
  });
}
