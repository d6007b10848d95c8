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
 *     # Python: 3.11 3.10                       the versions that its pins install on, the best first
 *     # Suites: docarray_v1 matrix/docarray     the folders of e2e/sdk that are run with it
 *
 * Alone: `node scripts/python-envs.ts [NAME…]`.
 */

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '..');
const REQUIREMENTS = path.join(ROOT, 'e2e/sdk/requirements');
const ENVIRONMENTS = path.join(ROOT, '.cache/python');
/** One pip installs into all environments: each would need 5 seconds for its own, and the old ones are slow. */
const PIP = 'pip==26.3';
const DEBIAN_PYTHON = '3.11';
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
  pins: Map<string, string>;
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
  const pins = [...text.matchAll(/^([\w.-]+)==(\S+)/gm)].map(
    ([, name = '', version = '']) => [name, version] as const,
  );
  return { file, pythons: words('Python'), suites: words('Suites'), pins: new Map(pins), digest };
}

/** The versions of all packages in the environment `name`, and its suites, whether it is there or not. */
export async function pythonEnvFacts(name: string): Promise<Pick<Requirements, 'pins' | 'suites'>> {
  return readRequirements(name);
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

interface Python {
  command: string;
  version: string | null;
}

/** What was asked of a command before; asking ten of them takes a second. */
const known = new Map<string, Promise<Python>>();

function ask(command: string): Promise<Python> {
  const asked = known.get(command) ?? versionOf(command).then((version) => ({ command, version }));
  known.set(command, asked);
  return asked;
}

/** The first of `versions` that this machine has. */
async function findPython(versions: string[]): Promise<Python> {
  const found = await Promise.all((await candidates(versions)).map(ask));
  for (const version of versions) {
    const hit = found.find((candidate) => candidate.version === version);
    if (hit) return hit;
  }
  const remedy = versions.includes(DEBIAN_PYTHON)
    ? 'On Debian 12: apt-get install -y python3 python3-venv.'
    : `With pyenv: pyenv install ${versions[0]}.`;
  throw new PythonEnvError(`Python ${versions.join(' or ')} is missing. ${remedy}`);
}

/** Runs pip; its last lines say what went wrong. */
async function runPip(python: string, options: string[], what: string): Promise<void> {
  const words = ['-m', 'pip', '--disable-pip-version-check', ...options];
  await run(python, words, { timeout: INSTALL_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: { stderr?: string }) => {
      const reason = error.stderr?.trim().split('\n').slice(-3).join(' ') || 'pip did not finish';
      throw new PythonEnvError(`${what} cannot be installed: ${reason}`);
    },
  );
}

/** What an environment was made from; written last, so that an install that was cut short is done again. */
const STAMP = 'requirements.sha256';

async function isComplete(folder: string, stamp: string): Promise<boolean> {
  const stamped = await readFile(path.join(folder, STAMP), 'utf8').catch(() => '');
  // The interpreter is a link to the base Python, which may have been removed since.
  const python = await access(path.join(folder, 'bin/python')).then(
    () => true,
    () => false,
  );
  return stamped === stamp && python;
}

async function makeInstaller({ command, version }: Python): Promise<string> {
  const folder = path.join(ENVIRONMENTS, `.${PIP}-${version}`);
  const python = path.join(folder, 'bin/python');
  if (await isComplete(folder, PIP)) return python;
  await run(command, ['-c', 'import venv, ensurepip']).catch(() => {
    throw new PythonEnvError(
      `${command} cannot make environments. On Debian: apt-get install -y python3-venv.`,
    );
  });
  await rm(folder, { recursive: true, force: true });
  await run(command, ['-m', 'venv', folder]);
  await runPip(python, ['install', '--quiet', PIP], PIP);
  await writeFile(path.join(folder, STAMP), PIP);
  return python;
}

const installers = new Map<string, Promise<string>>();

/** The Python that has the pip for environments of the same version. */
function installerOf(base: Python): Promise<string> {
  const made = installers.get(base.command) ?? makeInstaller(base);
  installers.set(base.command, made);
  return made;
}

async function install(folder: string, requirements: Requirements): Promise<void> {
  const base = await findPython(requirements.pythons);
  const installer = await installerOf(base);
  await rm(folder, { recursive: true, force: true });
  await run(base.command, ['-m', 'venv', '--without-pip', folder]);
  // What is imported is compiled then; most never is.
  const options = ['install', '--quiet', '--no-deps', '--no-compile', '-r', requirements.file];
  const target = ['--python', path.join(folder, 'bin/python')];
  await runPip(installer, [...target, ...options], path.relative(ROOT, requirements.file));
}

/**
 * The environment `name`, made when it is not there or its list has changed (ten seconds), else at once.
 * @throws PythonEnvError with a sentence on what is missing.
 */
export async function ensurePythonEnv(name: string): Promise<PythonEnv> {
  const requirements = await readRequirements(name);
  const folder = path.join(ENVIRONMENTS, name);
  if (!(await isComplete(folder, requirements.digest))) {
    await install(folder, requirements);
    await writeFile(path.join(folder, STAMP), requirements.digest);
  }
  return { name, python: path.join(folder, 'bin/python'), suites: requirements.suites };
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
