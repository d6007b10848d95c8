import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { log } from '#lib/log.ts';
import { Refusal } from '#lib/refusal.ts';

/** A user as whom a program of ours runs: Postgres, which refuses to run as root, and the registry. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

const OWN_SYSTEM_USER = 'groundstation';

/** The user of this name, unless that is root. */
export function systemUser(name: string): SystemUser | null {
  const ask = (flag: string) => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return answer.status === 0 ? Number(answer.stdout) : null;
  };
  const uid = ask('-u');
  const gid = ask('-g');
  return uid === null || gid === null || uid === 0 ? null : { name, uid, gid };
}

function createSystemUser(): SystemUser | null {
  try {
    const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
    execFileSync('useradd', [...options, OWN_SYSTEM_USER], { stdio: 'ignore' });
  } catch (error) {
    log().warn({ err: String(error) }, 'no system user could be created for Postgres; taking "nobody"');
    return null;
  }
  return systemUser(OWN_SYSTEM_USER);
}

/**
 * The user for a cluster in `clusterDir`: null (whoever we are) unless we are root; then the owner of a cluster
 * that exists, else `postgres`, else a system user of our own, made if need be, else `nobody`.
 * @throws Refusal when the cluster belongs to somebody else and we are not root.
 */
export function postgresUser(clusterDir: string): SystemUser | null {
  const us = process.getuid?.() ?? 0;
  const cluster = statSync(clusterDir, { throwIfNoEntry: false });
  if (us !== 0) {
    if (cluster && cluster.uid !== us) {
      throw new Refusal(
        `${clusterDir} belongs to another user; start as that user or give another DATA_DIR.`,
      );
    }
    return null;
  }
  if (cluster && cluster.uid !== 0) {
    return { name: `user ${cluster.uid}`, uid: cluster.uid, gid: cluster.gid };
  }
  const user =
    systemUser('postgres') ?? systemUser(OWN_SYSTEM_USER) ?? createSystemUser() ?? systemUser('nobody');
  if (!user)
    throw new Refusal('Postgres will not run as root, and no other user is there; give DATABASE_URL.');
  return user;
}

/** Whether the user can enter `folder`. Asks the system by trying, so that access lists count too. */
export function canEnter(user: SystemUser, folder: string): boolean {
  return shellTest(user, 'cd "$1"', folder);
}

/** Whether the user can run the program `file`. */
export function canRun(user: SystemUser, file: string): boolean {
  return shellTest(user, 'test -r "$1" && test -x "$1"', file);
}

function shellTest({ uid, gid }: SystemUser, script: string, argument: string): boolean {
  const options = { uid, gid, cwd: '/', stdio: 'ignore' as const };
  return spawnSync('/bin/sh', ['-c', script, 'sh', argument], options).status === 0;
}
