import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '#lib/root.ts';

interface LockFile {
  packages: Record<string, { resolved?: string; integrity?: string; inBundle?: boolean }>;
}

const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as LockFile;

it('the lock names no registry and has the hash of every package', () => {
  const packages = Object.entries(lock.packages).filter(([name]) => name !== '');
  expect(packages.filter(([, one]) => one.resolved !== undefined).map(([name]) => name)).toEqual([]);
  expect(packages.filter(([, one]) => !one.integrity && !one.inBundle).map(([name]) => name)).toEqual([]);
});

it('npm takes the lock together with package.json', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundstation-lock-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) {
      copyFileSync(path.join(ROOT, name), path.join(folder, name));
    }
    const options = ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', options, { cwd: folder, stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
