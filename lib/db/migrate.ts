import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { Refusal } from '#lib/refusal.ts';
import { ROOT } from '#lib/root.ts';

const MIGRATIONS_DIR = path.join(ROOT, 'prisma/migrations');
/** Of the lock that lets one process migrate at a time; any number that nothing else uses. */
const MIGRATION_LOCK = 4_711_001;
const UNDEFINED_TABLE = '42P01';

function ourMigrations(): string[] {
  const entries = readdirSync(MIGRATIONS_DIR, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

async function appliedMigrations(client: pg.Client): Promise<string[]> {
  try {
    const { rows } = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    return rows.map((row) => row.migration_name);
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return [];
    throw error;
  }
}

/** @throws Refusal when the database has a migration that is not among ours. */
async function pendingMigrations(client: pg.Client): Promise<string[]> {
  const ours = ourMigrations();
  const applied = await appliedMigrations(client);
  const unknown = applied.find((name) => !ours.includes(name));
  if (unknown) {
    throw new Refusal(
      `The database is newer than this version of Groundstation: it has the migration ${unknown}; start the newer version.`,
    );
  }
  return ours.filter((name) => !applied.includes(name));
}

async function deploy(url: string): Promise<void> {
  const program = path.join(ROOT, 'scripts/prisma.mjs');
  const env = { ...process.env, DATABASE_URL: url };
  await promisify(execFile)(process.execPath, [program, 'migrate', 'deploy'], { cwd: ROOT, env });
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/**
 * Brings the database at `url` to our newest migration. Prisma's CLI, which takes seconds, runs only when
 * something is pending, and in one process at a time.
 * @throws Refusal when the database is newer than we are.
 */
export async function migrate(url: string): Promise<void> {
  await withClient(url, async (client) => {
    if ((await pendingMigrations(client)).length === 0) return;
    // Held until the connection ends. Who waited for it looks again.
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    if ((await pendingMigrations(client)).length > 0) await deploy(url);
  });
}

/**
 * For a command beside a running server, which must not change the database under it.
 * @throws Refusal when the database is newer or older than we are.
 */
export async function requireMigrated(url: string): Promise<void> {
  const pending = await withClient(url, pendingMigrations);
  if (pending.length > 0) {
    throw new Refusal(
      'The running server has not brought its database to this version: it is still starting, or older. Try again in a moment, or restart it.',
    );
  }
}
