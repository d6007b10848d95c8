import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '#lib/root.ts';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/** The command of `npm start`. */
export function startCommand(): string {
  return JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).scripts.start;
}

/** Its flags for Node, so that references differ in what they do and in nothing else. */
function nodeFlags(): string[] {
  return startCommand().match(/(?<= )--\S+/g) ?? [];
}

/** A program that serves. */
export interface Child {
  pid: number;
  /** What it has written, on stdout and stderr. */
  output(): string;
  /** Ends it by SIGTERM. */
  stop(): Promise<void>;
}

/** Where a program is: as given, else on the PATH; null when it is not there. */
export function findProgram(name: string, given: string | undefined): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const places = given ? [given] : folders.map((folder) => path.join(folder, name));
  return places.find((file) => existsSync(file)) ?? null;
}

/** A port that nobody has right now, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a program with nothing of our environment but the PATH and what is given. */
export function startChild(program: string, args: string[], env: Record<string, string> = {}): Child {
  const child: ChildProcess = spawn(program, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: '/nonexistent', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      written = (written + text).slice(-20_000);
    });
  return {
    pid: child.pid ?? 0,
    output: () => written,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}

/** Starts a program of ours in bench/references and waits for the URL that it prints. */
export async function startReference(file: string, args: string[], env: Record<string, string> = {}) {
  const child = startChild(process.execPath, [...nodeFlags(), file, ...args], env);
  const url = () => /^listens on (\S+)/m.exec(child.output())?.[1];
  await until(async () => url() !== undefined, child);
  return { ...child, origin: url() ?? '' };
}

/**
 * Waits until a server that was just started says yes.
 * @throws with what it wrote when it does not within a minute; it is stopped then.
 */
export async function until(isReady: () => Promise<boolean>, child: Child): Promise<void> {
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (!(await isReady().catch(() => false))) {
    if (performance.now() > deadlineMs) {
      await child.stop();
      throw new Error(`a server did not start: ${child.output()}`);
    }
    await delay(POLL_MS);
  }
}
