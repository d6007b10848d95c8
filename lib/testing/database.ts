import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A database of one's own, migrated and empty. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** The rows of one statement, over a connection of its own. */
export async function queryOnce<Row extends pg.QueryResultRow>(
  url: string,
  statement: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement, values)).rows;
  } finally {
    await client.end();
  }
}

/** Runs one statement on the server of `url`, outside of the database that the statement is about. */
async function onServer(url: string, statement: string): Promise<void> {
  await queryOnce(onDatabase(url, 'postgres'), statement);
}

/**
 * Copies this run's template. Files of the project "integration" have one already, in `DATABASE_URL`
 * (lib/testing/setup-file.ts); this is for tests that need another.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = inject('templateUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const templateName = new URL(template).pathname.slice(1);
  await onServer(template, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  return {
    url: onDatabase(template, name),
    drop: () => onServer(template, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}
