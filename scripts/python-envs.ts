import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * Python environments with the real clients, one for each file in `e2e/sdk/requirements`: `NAME.txt` becomes
 * `.cache/python/NAME`. A file is a frozen list of every package (`==`), below two comment lines:
 *
 *     # Python: 3.11 3.10      the versions that its pins install on, the best first
 *     # Suites: docarray_v1    the folders of e2e/sdk that are run with it
 *
 * Alone: `node scripts/python-envs.ts [NAME…]`.
 */

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '..');
const REQUIREMENTS = path.join(ROOT, 'e2e/sdk/requirements');
const ENVIRONMENTS = path.join(ROOT, '.cache/python');
/** A first install fetches up to 50 packages. */
const INSTALL_TIMEOUT_MS = 15 * 60_000;

/** An environment that is ready to be used. */
export interface PythonEnv {
  name: string;
  /** Absolute path of its interpreter. */
  python: string;
  /** Folders of e2e/sdk. */
  suites: string[];
}

/** An environment that cannot be made on this machine; the message says what is missing. */
export class PythonEnvError extends Error {}

interface Requirements {
  file: string;
  pythons: string[];
  suites: string[];
  digest: string;
}

/** The names of all environments, sorted. */
export async function pythonEnvNames(): Promise<string[]> {
  const files = await readdir(REQUIREMENTS);
  return files
    .filter((file) => file.endsWith('.txt'))
    .map((file) => path.basename(file, '.txt'))
    .sort();
}

async function readRequirements(name: string): Promise<Requirements> {
  const file = path.join(REQUIREMENTS, `${name}.txt`);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new PythonEnvError(`There is no environment ${name}: ${path.relative(ROOT, file)} does not exist.`);
  });
  const words = (label: string) => new RegExp(`^# ${label}: (.+)$`, 'm').exec(text)?.[1]?.split(' ') ?? [];
  const digest = createHash('sha256').update(text).digest('hex');
  return { file, pythons: words('Python'), suites: words('Suites'), digest };
}

/** Every command that may be a Python: those on the PATH, then those that pyenv keeps. */
async function candidates(versions: string[]): Promise<string[]> {
  const pyenv = path.join(process.env.PYENV_ROOT ?? path.join(os.homedir(), '.pyenv'), 'versions');
  const kept = await readdir(pyenv).catch(() => []);
  return [
    ...versions.map((version) => `python${version}`),
    'python3',
    ...kept.map((version) => path.join(pyenv, version, 'bin/python3')),
  ];
}

async function versionOf(command: string): Promise<string | null> {
  const program = 'import sys; print("%d.%d" % sys.version_info[:2])';
  const answer = await run(command, ['-c', program]).catch(() => null);
  return answer?.stdout.trim() ?? null;
}

/** The command of the first of `versions` that this machine has. */
async function findPython(versions: string[]): Promise<string> {
  const found = await Promise.all(
    (await candidates(versions)).map(async (command) => ({ command, version: await versionOf(command) })),
  );
  for (const version of versions) {
    const hit = found.find((candidate) => candidate.version === version);
    if (hit) return hit.command;
  }
  throw new PythonEnvError(
    `Python ${versions.join(' or ')} is missing. On Debian 12: apt-get install -y python3 python3-venv.`,
  );
}

async function install(folder: string, requirements: Requirements): Promise<void> {
  const base = await findPython(requirements.pythons);
  await run(base, ['-c', 'import venv, ensurepip']).catch(() => {
    throw new PythonEnvError(`${base} cannot make environments. On Debian: apt-get install -y python3-venv.`);
  });
  await rm(folder, { recursive: true, force: true });
  await run(base, ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
  await run(path.join(folder, 'bin/python'), [...pip, '-r', requirements.file], {
    timeout: INSTALL_TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { stderr?: string }) => {
    const reason = error.stderr?.trim().split('\n').slice(-3).join(' ') || 'pip did not finish';
    throw new PythonEnvError(`${path.relative(ROOT, requirements.file)} cannot be installed: ${reason}`);
  });
}

/**
 * The environment `name`, made when it is not there or its list has changed (a minute), else at once.
 * @throws PythonEnvError with a sentence on what is missing.
 */
export async function ensurePythonEnv(name: string): Promise<PythonEnv> {
  const requirements = await readRequirements(name);
  const folder = path.join(ENVIRONMENTS, name);
  const python = path.join(folder, 'bin/python');
  const stamp = path.join(folder, 'requirements.sha256');
  const stamped = await readFile(stamp, 'utf8').catch(() => '');
  // The interpreter is a link to the base Python, which may have been removed since.
  const isThere =
    stamped === requirements.digest &&
    (await access(python).then(
      () => true,
      () => false,
    ));
  if (!isThere) {
    await install(folder, requirements);
    // Last, so that an install that was cut short is done again.
    await writeFile(stamp, requirements.digest);
  }
  return { name, python, suites: requirements.suites };
}

async function main(names: string[]): Promise<void> {
  for (const name of names.length > 0 ? names : await pythonEnvNames()) {
    const startedAt = performance.now();
    const { python } = await ensurePythonEnv(name);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${name}: ${path.relative(ROOT, python)} (${seconds} s)\n`);
  }
}

if (import.meta.main) {
  await main(process.argv.slice(2)).catch((error: Error) => {
    process.stderr.write(`${error instanceof PythonEnvError ? error.message : error.stack}\n`);
    process.exitCode = 1;
  });
}
