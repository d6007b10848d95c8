import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '#lib/root.ts';
import type { Server } from '../server.ts';
import { startReference } from './child.ts';

const FOLDER = path.join(ROOT, 'bench/empty-app');
const PROGRAM = path.join(ROOT, 'bench/references/next-app.ts');
const SOURCES = ['bench/empty-app/next.config.js', 'bench/empty-app/app/empty/route.js', 'package-lock.json'];

function changedMs(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function build(): Promise<void> {
  const builtMs = changedMs(path.join(FOLDER, '.next/BUILD_ID'));
  if (SOURCES.every((file) => changedMs(path.join(ROOT, file)) < builtMs)) return;
  await promisify(execFile)(process.execPath, ['node_modules/next/dist/bin/next', 'build', FOLDER], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
}

/** An App Router with one handler that does nothing; built when it is not yet (half a minute). */
export async function startEmptyAppRouter(): Promise<Server> {
  await build();
  const { origin, pid, stop } = await startReference(PROGRAM, []);
  const api = {
    stat: async () => [{ verb: 'GET' as const, path: '/empty', headers: {}, status: 200, contains: 'true' }],
  };
  return {
    name: 'empty-app-router',
    label: 'an empty App Router handler',
    origin,
    pid,
    roots: [pid],
    api,
    stop,
  };
}
