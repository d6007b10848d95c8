import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { keepSecret } from '#lib/data-dir/secret.ts';
import { type PostgresBinaries, postgresBinaries } from '#lib/postgres/binaries.ts';
import { postgresUser, type SystemUser } from '#lib/postgres/run-as.ts';
import { Refusal } from '#lib/refusal.ts';

/** A Postgres data folder that is ready to be started. */
export interface Cluster {
  /** Postgres's own data folder. */
  dir: string;
  /** What Postgres itself says, most of all about a failed start. */
  logFile: string;
  password: string;
  user: SystemUser | null;
  binaries: PostgresBinaries;
}

export const SUPERUSER = 'postgres';

/** Where the cluster of a data folder is. */
export function clusterDir(dataDir: string): string {
  return path.join(dataDir, 'postgres');
}

/** The file that keeps the superuser's password. */
export function passwordFile(dataDir: string): string {
  return path.join(dataDir, 'postgres-password');
}

/** Environment of Postgres's programs: none of ours, whose PG… variables would change what they do. */
export const POSTGRES_ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  NODE_ENV: 'production',
} as const;

function writtenMajor(dir: string): string | null {
  try {
    return readFileSync(path.join(dir, 'PG_VERSION'), 'utf8').trim();
  } catch {
    return null;
  }
}

async function initialise(cluster: Cluster, dataDir: string): Promise<void> {
  // Under another name until it is whole, so that an interrupted start leaves nothing that looks like data.
  const unfinished = `${cluster.dir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const { user } = cluster;
  if (user) {
    chownSync(unfinished, user.uid, user.gid);
    chownSync(passwordFile(dataDir), user.uid, user.gid);
  }
  const options = [
    `--pgdata=${unfinished}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile(dataDir)}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // Unicode rules that come with Postgres, not with the system: an upgrade of libc cannot break an index.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const identity = user ? { uid: user.uid, gid: user.gid } : {};
  await promisify(execFile)(cluster.binaries.initdb, options, {
    ...identity,
    cwd: unfinished,
    env: POSTGRES_ENVIRONMENT,
  });
  renameSync(unfinished, cluster.dir);
}

/**
 * The cluster of `dataDir`, made if there is none.
 * @throws Refusal when it was written by another major version of Postgres, or belongs to another user.
 */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const dir = clusterDir(dataDir);
  const user = postgresUser(dir);
  const binaries = postgresBinaries(dataDir, user);
  const password = keepSecret(passwordFile(dataDir), () => randomBytes(24).toString('hex'));
  const cluster = { dir, logFile: path.join(dataDir, 'postgres.log'), password, user, binaries };
  const major = writtenMajor(dir);
  if (major === null) {
    await initialise(cluster, dataDir);
  } else if (Number(major) !== binaries.major) {
    throw new Refusal(
      `${dir} was written by PostgreSQL ${major} and this version brings ${binaries.major}; start the version that wrote it, back up there, and restore here into an empty DATA_DIR.`,
    );
  }
  return cluster;
}
