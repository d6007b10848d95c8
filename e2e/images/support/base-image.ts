import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

/**
 * A base image for Executors with a real Python and a real jina, made on the spot from Debian's and PyPI's packages: no registry
 * is asked. It lies in `.cache/images`, and is made anew when its list of packages or this file changes (80 seconds).
 */

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '../../..');
const CACHE = path.join(ROOT, '.cache/images');
const REQUIREMENTS = path.join(ROOT, 'e2e/sdk/requirements/jina-3.23.txt');
const PIP = 'pip==26.3';
const PACKAGES = 'usr/local/lib/python3.11/dist-packages';
const TIMEOUT_MS = 8 * 60_000;

/** An image in a file that `docker load`, `podman load` and `buildah pull docker-archive:` take. */
export interface BaseImage {
  /** Its absolute path. */
  file: string;
  /** As the Dockerfile that is made for a client with jina 3.23.2 and Python 3.11 says it. */
  name: string;
}

/** Debian with Python, without manuals; pip may install into it. */
async function makeSystem(file: string): Promise<void> {
  const left = [
    'usr/share/doc/*',
    'usr/share/man/*',
    'usr/share/locale/*',
    'usr/lib/python3*/EXTERNALLY-MANAGED',
  ];
  const options = left.map((pattern) => `--dpkgopt=path-exclude=/${pattern}`);
  const what = ['--variant=essential', '--include=python3,libstdc++6,libgomp1,ca-certificates'];
  const source = ['bookworm', file, 'http://deb.debian.org/debian'];
  await run('mmdebstrap', ['--quiet', ...what, ...options, ...source], { timeout: TIMEOUT_MS });
}

/** Scripts that pip wrote for the Python that ran it. */
async function moveScripts(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    const script = await readFile(path.join(from, name), 'utf8');
    await writeFile(path.join(to, name), script.replace(/^#!.*/, '#!/usr/bin/python3'), { mode: 0o755 });
  }
  await rm(from, { recursive: true });
  await symlink('/usr/bin/python3', path.join(to, 'python'));
}

async function makePackages(folder: string, file: string): Promise<void> {
  const stage = path.join(folder, 'stage');
  const target = path.join(stage, PACKAGES);
  const environment = path.join(folder, 'environment');
  await run('python3.11', ['-m', 'venv', environment]).catch(() =>
    run('python3', ['-m', 'venv', environment]),
  );
  const options = ['--quiet', '--no-deps', '--no-compile'];
  const what = ['--target', target, '-r', REQUIREMENTS, PIP];
  const pip = path.join(environment, 'bin/python');
  await run(pip, ['-m', 'pip', 'install', ...options, ...what], {
    timeout: TIMEOUT_MS,
  });
  await moveScripts(path.join(target, 'bin'), path.join(stage, 'usr/local/bin'));
  await run('tar', ['-C', stage, '--owner=0', '--group=0', '--numeric-owner', '-cf', file, 'usr']);
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Writes an archive of the kind that `docker save` makes. @param layers of `folder`, from the lowest on. */
async function writeArchive(folder: string, name: string, layers: string[]): Promise<string> {
  const digests = await Promise.all(layers.map((layer) => digestOf(path.join(folder, layer))));
  const config = {
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    created: new Date(0).toISOString(),
    config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['python3'] },
    rootfs: { type: 'layers', diff_ids: digests.map((digest) => `sha256:${digest}`) },
    history: layers.map((layer) => ({ created_by: layer })),
  };
  const manifest = [{ Config: 'config.json', RepoTags: [name], Layers: layers }];
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  const archive = path.join(folder, 'image.tar');
  await run('tar', ['-C', folder, '-cf', archive, 'manifest.json', 'config.json', ...layers]);
  return archive;
}

/** The base image, made when it is not there. It needs root, Debian's mmdebstrap and a Python 3.11. */
export async function ensureBaseImage(): Promise<BaseImage> {
  const requirements = await readFile(REQUIREMENTS, 'utf8');
  const recipe = await readFile(import.meta.filename, 'utf8');
  const key = createHash('sha256').update(requirements).update(recipe).digest('hex').slice(0, 16);
  const version = /^jina==(\S+)/m.exec(requirements)?.[1];
  const base = { file: path.join(CACHE, `jina-${key}.tar`), name: `jinaai/jina:${version}-py311-perf` };
  if (
    await access(base.file).then(
      () => true,
      () => false,
    )
  )
    return base;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(path.join(CACHE, 'making-'));
  try {
    const layers = ['system.tar', 'packages.tar'];
    const [system = '', packages = ''] = layers.map((layer) => path.join(folder, layer));
    await Promise.all([makeSystem(system), makePackages(folder, packages)]);
    await rename(await writeArchive(folder, base.name, layers), base.file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return base;
}

if (import.meta.main) {
  const { file, name } = await ensureBaseImage();
  process.stdout.write(`${name}: ${path.relative(ROOT, file)}\n`);
}
