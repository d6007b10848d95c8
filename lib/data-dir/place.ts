import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { env } from '#lib/env.ts';
import { clusterDir } from '#lib/postgres/cluster.ts';
import { canEnter, postgresUser, type SystemUser } from '#lib/postgres/run-as.ts';
import { Refusal } from '#lib/refusal.ts';

/** Where the data goes when root starts us in a clone that Postgres's user cannot enter. */
const SYSTEM_DATA_DIR = '/var/lib/groundstation';

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(path.dirname(folder));
}

/** Why `folder` cannot be used, in one sentence, from whatever a look at it or a change to it threw. */
function unusable(folder: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return new Refusal(`DATA_DIR is "${folder}", which cannot be used (${reason}); give another folder.`);
}

function userFor(folder: string): SystemUser | null {
  try {
    return postgresUser(clusterDir(folder));
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** Makes `folder` and the missing ones above it: closed to others, but passable for Postgres's user and the registry's. */
function makeFolder(folder: string, user: SystemUser | null): void {
  try {
    const above = nearestExisting(folder);
    const isPassable = user !== null || env().IMAGES === 'on';
    mkdirSync(folder, { recursive: true });
    for (let made = folder; made !== above; made = path.dirname(made))
      chmodSync(made, isPassable ? 0o711 : 0o700);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(folder, error);
  }
}

/**
 * Makes the data folder and, when nobody said where and Postgres's user cannot enter the clone, moves
 * `env().DATA_DIR` to the system's place for data.
 * @returns a line to show when it was moved, else null.
 * @throws Refusal when the folder cannot be used, or was asked for and Postgres's user cannot enter it.
 */
export function placeDataDir(): string | null {
  const settings = env();
  const wanted = settings.DATA_DIR;
  const user = settings.DATABASE_URL ? null : userFor(wanted);
  if (!user || canEnter(user, nearestExisting(wanted))) {
    makeFolder(wanted, user);
    return null;
  }
  if (settings.DATA_DIR_GIVEN) {
    throw new Refusal(
      `DATA_DIR is "${wanted}", which ${user.name}, as which Postgres runs, cannot enter; allow that, choose another folder, or give DATABASE_URL.`,
    );
  }
  settings.DATA_DIR = SYSTEM_DATA_DIR;
  makeFolder(SYSTEM_DATA_DIR, user);
  return `Data: in ${SYSTEM_DATA_DIR}, because ${user.name}, as which Postgres runs, cannot enter ${path.dirname(wanted)}.`;
}
