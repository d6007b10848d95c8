import pg from 'pg';
import { Refusal } from '#lib/refusal.ts';

const OLDEST_MAJOR = 14;

async function backendPid(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

/**
 * A pooler in transaction mode lends a connection of the server's for one transaction. It gives itself away
 * when two connections of ours talk to the same process of Postgres's, or one of ours changes its process.
 */
async function sharesConnections(first: pg.Client, second: pg.Client): Promise<boolean> {
  const before = await backendPid(first);
  await second.query('BEGIN');
  const other = await backendPid(second);
  const after = await backendPid(first);
  await second.query('ROLLBACK');
  return before === other || before !== after;
}

async function inspect(first: pg.Client, second: pg.Client): Promise<void> {
  const { rows } = await first.query<{ server_version_num: string }>('SHOW server_version_num');
  const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (major < OLDEST_MAJOR) {
    throw new Refusal(
      `DATABASE_URL leads to PostgreSQL ${major}; Groundstation needs ${OLDEST_MAJOR} or newer.`,
    );
  }
  if (await sharesConnections(first, second)) {
    throw new Refusal(
      'DATABASE_URL leads to a pooler in transaction mode, which breaks prepared statements and notices; give a direct connection or one in session mode.',
    );
  }
}

/**
 * Looks whether the database at `url` can be used.
 * @throws Refusal when nothing answers, it is too old, or a pooler in transaction mode is in between.
 */
export async function checkServer(url: string): Promise<void> {
  const clients = [
    new pg.Client({ connectionString: url }),
    new pg.Client({ connectionString: url }),
  ] as const;
  for (const client of clients) client.on('error', () => {});
  try {
    await Promise.all(clients.map((client) => client.connect()));
  } catch (error) {
    throw new Refusal(`DATABASE_URL cannot be connected to: ${(error as Error).message || String(error)}.`);
  }
  try {
    await inspect(...clients);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
