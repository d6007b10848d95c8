import { createHash } from 'node:crypto';
import { blobStore, everyStore } from '#lib/blobs/store.ts';
import { pool } from '#lib/db/pool.ts';

const BATCH = 200;

/** One thing that is not as the database says. */
export interface Finding {
  blob: string;
  problem: 'missing' | 'wrong size' | 'wrong digest' | 'no row';
}

interface Row {
  id: string;
  store: string;
  sizeBytes: number;
  sha256: Buffer;
}

async function check({ id, store, sizeBytes, sha256 }: Row): Promise<Finding | null> {
  const head = await blobStore(store).head(id);
  if (!head) return { blob: id, problem: 'missing' };
  if (head.sizeBytes !== sizeBytes) return { blob: id, problem: 'wrong size' };
  const hash = createHash('sha256');
  if (sizeBytes > 0)
    for await (const piece of await blobStore(store).read(id, 0, sizeBytes - 1)) hash.update(piece);
  return hash.digest().equals(sha256) ? null : { blob: id, problem: 'wrong digest' };
}

async function isCommitted(id: string): Promise<boolean> {
  const { rowCount } = await pool().query(`SELECT 1 FROM blob WHERE id = $1 AND state = 'committed'`, [id]);
  return rowCount === 1;
}

async function* committedBlobs(): AsyncGenerator<Row> {
  for (let after = ''; ; ) {
    const { rows } = await pool().query<Row>(
      `SELECT id, store, size_bytes::float8 AS "sizeBytes", sha256 FROM blob
       WHERE state = 'committed' AND id > $1 ORDER BY id LIMIT $2`,
      [after, BATCH],
    );
    yield* rows;
    if (rows.length < BATCH) return;
    after = rows.at(-1)?.id ?? after;
  }
}

/** Reads every blob against its digest, and looks for bytes that no row knows. Yields what is wrong. */
export async function* verifyBlobs(counts: { checked: number }): AsyncGenerator<Finding> {
  for await (const row of committedBlobs()) {
    counts.checked += 1;
    const finding = await check(row);
    // It may have been deleted, and swept, while we read.
    if (finding && (await isCommitted(row.id))) yield finding;
  }
  for (const store of everyStore()) {
    for await (const key of store.list()) {
      const { rowCount } = await pool().query('SELECT 1 FROM blob WHERE id = $1', [key]);
      if (rowCount === 0) yield { blob: key, problem: 'no row' };
    }
  }
}
