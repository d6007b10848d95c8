import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { requireStore } from '#lib/blobs/require-store.ts';
import { type DataDirLock, lockDataDir, tryLockDataDir } from '#lib/data-dir/lock.ts';
import { placeDataDir } from '#lib/data-dir/place.ts';
import { keepSecret } from '#lib/data-dir/secret.ts';
import { checkServer } from '#lib/db/check-server.ts';
import { checkBlobFolder, checkFingerprint } from '#lib/db/fingerprint.ts';
import { migrate, requireMigrated } from '#lib/db/migrate.ts';
import { env } from '#lib/env.ts';
import { runningPostgresUrl, startOwnPostgres } from '#lib/postgres/own.ts';
import { Refusal } from '#lib/refusal.ts';

/** A data folder and a database that are ready for use. */
export interface Booted {
  /** A line for the person at the terminal about where the data is, when it is not where one would look. */
  notice: string | null;
  /** Tells a second start where we listen. */
  announce(url: string): void;
  /** Stops what `boot` started, and nothing else. Close all connections before. */
  stop(): Promise<void>;
}

/**
 * Makes what we found out known to the modules that read it from the environment (lib/db/pool.ts and others).
 * @returns AUTH_SECRET, made if none was given.
 */
function publish(databaseUrl: string): string {
  const { AUTH_SECRET, DATA_DIR } = env();
  const file = path.join(DATA_DIR, 'auth-secret');
  const secret = AUTH_SECRET ?? keepSecret(file, () => randomBytes(32).toString('base64url'));
  Object.assign(process.env, { DATABASE_URL: databaseUrl, AUTH_SECRET: secret });
  return secret;
}

async function prepareDatabase(url: string): Promise<void> {
  await migrate(url);
  await checkFingerprint(url, publish(url));
}

/** What tells our folder of blobs from any other; inside of it, so that who shares the folder has the same. */
function blobFolderMark(): string {
  const folder = path.join(env().DATA_DIR, 'blobs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return keepSecret(path.join(folder, 'mark'), () => randomBytes(12).toString('hex'));
}

async function bootGiven(url: string, placed: string | null): Promise<Booted> {
  await checkServer(url);
  await prepareDatabase(url);
  // A bucket is the same one for all.
  const isShared = env().BLOB_STORE === 's3';
  const notice = placed ?? (isShared ? null : await checkBlobFolder(url, blobFolderMark()));
  return { notice, announce: () => {}, stop: async () => {} };
}

async function bootOwn(lock: DataDirLock, notice: string | null): Promise<Booted> {
  const postgres = await startOwnPostgres(env().DATA_DIR).catch((error) => {
    lock.release();
    throw error;
  });
  const stop = async () => {
    await postgres.stop();
    lock.release();
  };
  try {
    await prepareDatabase(postgres.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { notice, announce: lock.announce, stop };
}

/**
 * Everything before the first request: data folder, bucket, instance lock, Postgres, migrations, AUTH_SECRET.
 * With `DATABASE_URL` given there is no lock: replicas may share a folder of blobs, which the database guards.
 * @throws EnvError or Refusal with the one sentence to show.
 */
export async function boot(): Promise<Booted> {
  const { DATABASE_URL } = env();
  const notice = placeDataDir();
  await requireStore();
  return DATABASE_URL ? bootGiven(DATABASE_URL, notice) : bootOwn(lockDataDir(env().DATA_DIR), notice);
}

/**
 * The same for a command, which works while a server runs on the data folder, then with its Postgres, or not.
 * @throws EnvError or Refusal with the one sentence to show.
 */
export async function bootCommand(): Promise<Booted> {
  const { DATABASE_URL } = env();
  const notice = placeDataDir();
  if (DATABASE_URL) return bootGiven(DATABASE_URL, notice);
  const lock = tryLockDataDir(env().DATA_DIR);
  if (lock) return bootOwn(lock, notice);
  const url = runningPostgresUrl(env().DATA_DIR);
  if (!url) throw new Refusal('The server is starting or stopping; try again in a moment.');
  await requireMigrated(url);
  publish(url);
  return { notice, announce: () => {}, stop: async () => {} };
}
