import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SECOND_MS } from '#lib/clock.ts';
import { isAlive } from '#lib/postgres/postmaster.ts';
import { canEnter, type SystemUser, systemUser } from '#lib/postgres/run-as.ts';
import { type ProcessEnd, watchEnd } from '#lib/process-end.ts';
import { Refusal } from '#lib/refusal.ts';
import { registryFiles } from '#lib/registry/place.ts';

/** A registry of ours that answers. */
export interface RegistryProcess extends ProcessEnd {
  pid: number;
}

const POLL_MS = 50;
/** The log is emptied into a second file when it has grown beyond this. */
const LOG_BYTES = 10_000_000;
/** With this it ends when its parent is killed; what has no such program leaves that to the next start. */
const SETPRIV = '/usr/bin/setpriv';

/** A folder and those above it, from the outermost one on. */
function way(folder: string): string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [...way(above), folder];
}

/**
 * Who runs the registry when root starts us: Debian's user for it, or nobody; null: whoever we are, without being root. Never
 * Postgres's user, who reads the database's files.
 * @throws Refusal when that user is not there, or cannot enter the registry's folder: root takes nothing from strangers.
 */
export function registryUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const user = systemUser('docker-registry') ?? systemUser('nobody');
  if (!user)
    throw new Refusal('The registry will not run as root, and no other user is there; give REGISTRY_URL.');
  const closed = way(path.resolve(registryFiles().folder)).find((folder) => !canEnter(user, folder));
  if (closed === undefined) return user;
  throw new Refusal(
    `The registry of images runs as ${user.name}, who cannot enter ${closed}; allow that (chmod o+x ${closed}), or give another DATA_DIR.`,
  );
}

/** What the registry gets of our environment: no secrets, and no AWS_CA_BUNDLE, with which it does not start. */
export function registryEnvironment(): NodeJS.ProcessEnv {
  const { PATH, AWS_CA_BUNDLE, SSL_CERT_FILE = AWS_CA_BUNDLE } = process.env;
  const authorities = SSL_CERT_FILE ? { SSL_CERT_FILE } : {};
  // 3.x would look for a collector of traces on this machine.
  return {
    PATH,
    ...authorities,
    OTEL_TRACES_EXPORTER: 'none',
  } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv;
}

/** Keeps the log within bounds; who writes to it appends, so that it may be emptied under them. */
export function trimLog(): void {
  const { log } = registryFiles();
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) <= LOG_BYTES) return;
  copyFileSync(log, `${log}.old`);
  truncateSync(log);
}

/** The last line that it wrote, for the log and for people. */
export function lastLine(): string {
  try {
    return readFileSync(registryFiles().log, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  } catch {
    return '';
  }
}

function isOurs(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(registryFiles().config);
  } catch {
    return false;
  }
}

/** Tells a registry that a killed process of ours has left to end: it frees its port at once. */
export function dismissLeftOver(): void {
  let pid: number;
  try {
    pid = Number(readFileSync(registryFiles().pid, 'utf8'));
  } catch {
    return;
  }
  if (pid > 0 && isAlive(pid) && isOurs(pid)) process.kill(pid, 'SIGTERM');
}

function spawnRegistry(program: string, user: SystemUser | null): ChildProcess {
  const { config, log, folder } = registryFiles();
  const words = [program, 'serve', config];
  const hasSetpriv = statSync(SETPRIV, { throwIfNoEntry: false }) !== undefined;
  const [file = '', ...rest] = hasSetpriv ? [SETPRIV, '--pdeathsig', 'TERM', ...words] : words;
  const output = openSync(log, 'a', 0o600);
  try {
    return spawn(file, rest, {
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
      cwd: folder,
      env: registryEnvironment(),
      // A session of its own: Ctrl-C in the terminal is for us, and a push that is under way still needs it.
      detached: true,
      stdio: ['ignore', output, output],
    });
  } finally {
    closeSync(output);
  }
}

/** Whether something answers as our registry does: with the realm of our tokens. */
async function answersAsOurs(url: string, realm: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v2/`, { signal: AbortSignal.timeout(2 * SECOND_MS) });
    await response.body?.cancel();
    return response.headers.get('www-authenticate')?.includes(`realm="${realm}"`) ?? false;
  } catch {
    return false;
  }
}

interface StartOptions {
  program: string;
  /** Where it will answer. */
  url: string;
  realm: string;
}

/** Starts the registry and waits until it answers; null when it ended instead. */
export async function startRegistry({ program, url, realm }: StartOptions): Promise<RegistryProcess | null> {
  const child = spawnRegistry(program, registryUser());
  const { gone, isGone } = watchEnd(child);
  if (child.pid) writeFileSync(registryFiles().pid, `${child.pid}\n`);
  while (!isGone()) {
    // One that is being replaced answers no more, so what answers while this one lives is this one.
    if (child.pid && (await answersAsOurs(url, realm)) && !isGone()) {
      return { pid: child.pid, gone, isGone };
    }
    await Promise.race([gone, delay(POLL_MS)]);
  }
  return null;
}
