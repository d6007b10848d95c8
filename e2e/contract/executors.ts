import pg from 'pg';
import { inject } from 'vitest';
import { insertExecutor } from '#lib/testing/executors.ts';
import { freshName } from './artifacts.ts';
import type { Person } from './people.ts';

/** An Executor of a test, with what calls name it by. */
export interface TestExecutor {
  id: string;
  name: string;
  /** The id of its commit. */
  commit: string;
}

type Options = Partial<Omit<Parameters<typeof insertExecutor>[1], 'namespaceId'>>;

/** A new Executor of somebody's, straight into the database: rows as a push leaves them. */
export async function newExecutor(owner: Person, options: Options = {}): Promise<TestExecutor> {
  const client = new pg.Client({ connectionString: inject('station').databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT id FROM namespace WHERE owner_id = $1', [owner.id]);
    const name = options.name ?? freshName('Executor');
    const { id, commitId } = await insertExecutor(client, { ...options, namespaceId: rows[0]?.id, name });
    return { id, name, commit: commitId };
  } finally {
    await client.end();
  }
}
