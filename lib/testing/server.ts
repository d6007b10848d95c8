import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runningPostgresUrl } from '#lib/postgres/own.ts';
import { ROOT } from '#lib/root.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

/** A real server process. */
export interface TestServer {
  url: string;
  databaseUrl: string;
  dataDir: string;
  pid: number;
  /** The code of the first sign-up; rejects once there is an account. */
  setupCode(): Promise<string>;
  /** Everything that the server has written so far, on stdout and stderr. */
  output(): string;
  /** Ends it by SIGTERM and removes its data; rejects unless it exits with 0. */
  stop(): Promise<void>;
  /** Ends it by SIGKILL, as a crash would; its Postgres and its data stay. */
  kill(): Promise<void>;
}

/** How a server process ended that did not listen, or was not meant to. */
interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Those of `npm start`. The small semi-space makes Node collect the pieces of an upload sooner. */
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4'];
const LISTENS = /^Groundstation listens on (\S+)/m;
/** What a server must not inherit from whoever runs the tests. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG'];

function startProcess(env: Record<string, string>): { child: ChildProcess; written: Outcome } {
  const inherited = INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  const child = spawn(process.execPath, [...NODE_FLAGS, 'server.ts'], {
    cwd: ROOT,
    env: { NODE_ENV: 'production', PORT: '0', LOG_LEVEL: 'warn', ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written: Outcome = { code: null, stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  child.on('close', (code) => {
    written.code = code;
  });
  return { child, written };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'close');
}

/** Resolves to the URL as soon as the server has said where it listens. */
async function listeningUrl(child: ChildProcess, written: Outcome): Promise<string> {
  const closed = once(child, 'close');
  for (;;) {
    const url = LISTENS.exec(written.stdout)?.[1];
    if (url) return url;
    const next = child.stdout ? once(child.stdout, 'data') : closed;
    await Promise.race([next, closed]);
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server ended with ${child.exitCode ?? child.signalCode}: ${written.stderr}`);
    }
  }
}

/**
 * Starts `server.ts` on a free port and waits until it listens. Without `DATABASE_URL` it has a Postgres of its
 * own; without `DATA_DIR` a temporary folder, which `stop` removes. `FAST_LANE: 'off'` and pages need a build.
 */
export async function startTestServer(env: Record<string, string> = {}): Promise<TestServer> {
  const temporary = env.DATA_DIR ? null : makeTemporaryFolder();
  const dataDir = env.DATA_DIR ?? path.join(temporary?.folder ?? '', 'data');
  const { child, written } = startProcess({ ...env, DATA_DIR: dataDir });
  const url = await listeningUrl(child, written).catch((error) => {
    temporary?.remove();
    throw error;
  });
  return {
    url,
    dataDir,
    databaseUrl: env.DATABASE_URL ?? runningPostgresUrl(dataDir) ?? '',
    pid: child.pid ?? 0,
    setupCode: async () => (await readFile(path.join(dataDir, 'setup-code'), 'utf8')).trim(),
    output: () => written.stdout + written.stderr,
    async stop() {
      await end(child, 'SIGTERM');
      temporary?.remove();
      if (child.exitCode !== 0) {
        throw new Error(`The server ended with ${child.exitCode ?? child.signalCode}: ${written.stderr}`);
      }
    },
    kill: () => end(child, 'SIGKILL'),
  };
}

/** Runs `server.ts` until it ends by itself, as it does when it refuses to start. */
export async function runServerToEnd(env: Record<string, string>): Promise<Outcome> {
  const { child, written } = startProcess(env);
  await once(child, 'close');
  return { ...written, code: child.exitCode };
}
