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

/** Runs one statement on the server of `url`, outside of the database that the statement is about. */
async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: onDatabase(url, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
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
