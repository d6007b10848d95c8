import pg from 'pg';
import { inject } from 'vitest';
import { insertExecutor, insertImageRow, insertTask } from '#lib/testing/executors.ts';
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

async function onStation<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: inject('station').databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function namespaceOf(client: pg.Client, owner: Person): Promise<string> {
  return (await client.query('SELECT id FROM namespace WHERE owner_id = $1', [owner.id])).rows[0]?.id;
}

/** A new Executor of somebody's, straight into the database: rows as a push leaves them. */
export function newExecutor(owner: Person, options: Options = {}): Promise<TestExecutor> {
  return onStation(async (client) => {
    const name = options.name ?? freshName('Executor');
    const namespaceId = await namespaceOf(client, owner);
    const { id, commitId } = await insertExecutor(client, { ...options, namespaceId, name });
    return { id, name, commit: commitId };
  });
}

type ImageOptions = Omit<Parameters<typeof insertImageRow>[1], 'executorId' | 'commitId'>;

/** The row of an image of its commit; the image's tag. */
export function newImage({ id, commit }: TestExecutor, options: ImageOptions = {}): Promise<string> {
  return onStation((client) => insertImageRow(client, { ...options, executorId: id, commitId: commit }));
}

/** A push of somebody's that a worker works on, for an hour at most; the id of its task. */
export function newRunningPush(owner: Person): Promise<string> {
  return onStation(async (client) => {
    const namespaceId = await namespaceOf(client, owner);
    const events = [{ type: 'start', subject: 'buildWorkspace' }];
    return insertTask(client, {
      ...{ namespaceId, executorId: null, name: freshName('Pushed'), state: 'running' as const, events },
    });
  });
}
