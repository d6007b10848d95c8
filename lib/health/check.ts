import { blobStore } from '#lib/blobs/store.ts';
import { pool } from '#lib/db/pool.ts';

/** Whether the database answers and has our tables: an empty one in its place is none. */
export async function databaseAnswers(): Promise<boolean> {
  return pool()
    .query('SELECT 1 FROM setting LIMIT 1')
    .then(
      () => true,
      () => false,
    );
}

/** Whether the blob store answers and takes bytes. */
export async function storeAnswers(): Promise<boolean> {
  return blobStore()
    .check()
    .then(
      () => true,
      () => false,
    );
}
