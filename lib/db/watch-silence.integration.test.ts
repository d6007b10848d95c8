import { once } from 'node:events';
import type { Socket } from 'node:net';
import pg from 'pg';
import { expect, it } from 'vitest';
import { watchSilence } from '#lib/db/watch-silence.ts';

const SILENCE_MS = 200;
/** Longer than any wait of a test: who waits for it to end has not watched. */
const FOR_EVER = 'SELECT pg_sleep(600)';

/** A connection that is watched; Postgres ends the statement of one that was closed. */
async function watched(): Promise<{ client: pg.Client; stream: Socket }> {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    options: '-c client_connection_check_interval=100',
  });
  client.on('error', () => undefined);
  await client.connect();
  watchSilence(client, SILENCE_MS);
  return { client, stream: (client as unknown as { connection: { stream: Socket } }).connection.stream };
}

it('a statement to which Postgres says nothing fails', async () => {
  const { client } = await watched();
  await expect(client.query(FOR_EVER)).rejects.toThrow('the database was silent');
  await client.end();
});

it('a connection that was idle for long still works, and its next statement is watched as the first', async () => {
  const { client, stream } = await watched();
  await once(stream, 'timeout');
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await once(stream, 'timeout');
  await expect(client.query(FOR_EVER)).rejects.toThrow('the database was silent');
  await client.end();
});

it('a statement that says something now and then may take longer than that', async () => {
  const { client } = await watched();
  const { rows } = await client.query(
    `SELECT repeat('x', 100000) AS filler, pg_sleep(${SILENCE_MS / 4_000}) FROM generate_series(1, 12)`,
  );
  expect(rows).toHaveLength(12);
  await client.end();
});
