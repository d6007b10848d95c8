import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { askEngine } from '#lib/images/builders/docker-engine.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const run = promisify(execFile);
const POLL_MS = 100;
const GIVE_UP_MS = 60_000;

/** A real Docker Engine of its own, which touches no network of this machine. It needs root and Debian's docker.io. */
export async function startBuildEngine() {
  const { folder, remove } = makeTemporaryFolder();
  const host = `unix://${folder}/docker.sock`;
  const places = ['data', 'exec'].flatMap((name) => [`--${name}-root`, path.join(folder, name)]);
  const words = [
    ...places,
    '--pidfile',
    path.join(folder, 'pid'),
    '-H',
    host,
    '--bridge',
    'none',
    '--iptables=false',
  ];
  const child = spawn('dockerd', words, { stdio: 'ignore' });
  const signal = AbortSignal.timeout(GIVE_UP_MS);
  const ask = (method: 'GET' | 'POST', where: string, body?: string) =>
    askEngine(host, { method, path: where, signal, ...(body ? { body: createReadStream(body) } : {}) });
  while (!(await ask('GET', '/_ping').catch(() => null))) {
    signal.throwIfAborted();
    await delay(POLL_MS);
  }
  return {
    host,
    load: async (file: string) => {
      for await (const _ of await ask('POST', '/images/load', file));
    },
    /** What `docker WORDS` would print. */
    docker: async (...asked: string[]) => (await run('docker', ['-H', host, ...asked])).stdout.trim(),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'close');
      remove();
    },
  };
}
