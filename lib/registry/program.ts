import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { env } from '#lib/env.ts';
import { Refusal } from '#lib/refusal.ts';

/** Of Debian, and of everybody else. */
const NAMES = ['docker-registry', 'registry'];

/** Other programs are called `registry` too. */
function isRegistry(file: string): boolean {
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return status === 0 && stdout.includes('github.com/') && stdout.includes('distribution');
}

/** The registry's program on this machine, or null. */
function findProgram(): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const files = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.find(isRegistry) ?? null;
}

/** @throws Refusal when there is none. */
export function requireProgram(): string {
  const program = findProgram();
  if (program) return program;
  throw new Refusal(
    'IMAGES is on, but this machine has no registry; install Debian’s docker-registry (apt-get install docker-registry), or give REGISTRY_URL.',
  );
}

/**
 * Whether this process is to run the registry: images are on, there is no other one, and it is no worker beside servers.
 * @throws Refusal when it should and cannot, or when it is a worker that cannot know where the registry is.
 */
export function runsRegistry(): boolean {
  const { IMAGES, REGISTRY_URL, ROLE } = env();
  if (IMAGES === 'off' || REGISTRY_URL) return false;
  if (ROLE === 'worker')
    throw new Refusal(
      'REGISTRY_URL is missing; a worker needs it when IMAGES is on, such as http://registry:5000.',
    );
  requireProgram();
  return true;
}
