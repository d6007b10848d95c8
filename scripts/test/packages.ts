import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runProgram } from './run-tool.ts';

/** How to see that a Debian package, or the same thing from elsewhere, is there. */
const IS_PRESENT: Record<DebianPackage, () => boolean> = {
  chromium: () => existsSync(process.env.GS_CHROMIUM ?? '/usr/bin/chromium'),
  'python3-venv': () => spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0,
};

export type DebianPackage = 'chromium' | 'python3-venv';

/** Another apt may be at work on a machine that has just started. */
const APT = ['-q', '-o', 'DPkg::Lock::Timeout=900'];

async function aptInstall(packages: string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', [...APT, 'update'], env);
  await runProgram('apt-get', [...APT, 'install', '-y', '--no-install-recommends', ...packages], env);
}

/**
 * Installs the packages that are missing, where we may.
 * @returns null when all are there, else a sentence that names the missing ones.
 */
export async function ensurePackages(packages: DebianPackage[]): Promise<string | null> {
  const missing = () => packages.filter((name) => !IS_PRESENT[name]());
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (missing().length > 0 && isRootOnDebian) await aptInstall(missing());
  const names = missing().join(' ');
  return names ? `${names} is missing; on Debian: apt-get install -y ${names}.` : null;
}
