import { blobStore } from '#lib/blobs/store.ts';
import { pool } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { registryAnswers } from '#lib/registry/client.ts';

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

/** Whether the registry of images answers; also where there is none, because images are off. */
export async function imagesAnswer(): Promise<boolean> {
  return env().IMAGES === 'off' || registryAnswers();
}
