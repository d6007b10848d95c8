import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '#lib/refusal.ts';

/** The right to run Postgres in a data folder, which one process has at a time. */
export interface DataDirLock {
  /** Tells whoever is refused where we listen. */
  announce(url: string): void;
  release(): void;
}

const SQLITE_BUSY = 5;

/** For the sentence of a refusal only: who holds the lock is decided by the lock itself. */
function holder(file: string): string {
  try {
    const { pid, url } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; url?: string };
    return url ? ` (${url}, process ${pid})` : ` (process ${pid})`;
  } catch {
    return '';
  }
}

/**
 * Locks `dataDir`, or returns null when another process has it. Node offers no lock on a file; SQLite, which
 * comes with it, does, and the system lets go of it however the process ends.
 */
export function tryLockDataDir(dataDir: string): DataDirLock | null {
  const database = new DatabaseSync(path.join(dataDir, 'instance.lock'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
  const write = (facts: object) => writeFileSync(path.join(dataDir, 'instance.json'), JSON.stringify(facts));
  write({ pid: process.pid });
  return {
    announce: (url) => write({ pid: process.pid, url }),
    release: () => database.close(),
  };
}

/**
 * Locks `dataDir` for as long as this process lives.
 * @throws Refusal when another process has it, naming that one.
 */
export function lockDataDir(dataDir: string): DataDirLock {
  const lock = tryLockDataDir(dataDir);
  if (lock) return lock;
  throw new Refusal(
    `Groundstation runs on ${dataDir} already${holder(path.join(dataDir, 'instance.json'))}; use that one, stop it, or give another DATA_DIR.`,
  );
}
