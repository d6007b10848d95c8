import { randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import { closePools } from '#lib/db/pool.ts';
import { createTestDatabase } from '#lib/testing/database.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

// Runs before each file of the project "integration": a database, a data folder and a secret of its own, in
// the environment, where `pool()`, `env()` and the rest look for them.
const database = await createTestDatabase();
const { folder, remove } = makeTemporaryFolder();
Object.assign(process.env, {
  DATABASE_URL: database.url,
  DATA_DIR: folder,
  AUTH_SECRET: randomBytes(32).toString('hex'),
  LOG_LEVEL: 'silent',
});

afterAll(async () => {
  await closePools();
  await database.drop();
  remove();
});
