import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { given } from './api.ts';

const run = promisify(execFile);

/** Runs a command of docarray1.py in a process of its own, as the owner of `token`; gives what it prints. */
export function docarray(token: string, ...command: string[]): Promise<unknown> {
  return docarrayAt(given('GS_URL'), token, ...command);
}

/** The same, by another way to the server. @throws with what the client wrote when it fails. */
export async function docarrayAt(url: string, token: string, ...command: string[]): Promise<unknown> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'groundstation-web-'));
  try {
    const script = path.join(import.meta.dirname, 'docarray1.py');
    const { stdout } = await run(given('GS_PYTHON_DOCARRAY1'), [script, ...command], {
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        // Nothing of the machine's own configuration may get between client and server.
        HOME: home,
        NO_PROXY: '*',
        JINA_HUBBLE_REGISTRY: url,
        JINA_AUTH_TOKEN: token,
      },
    });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
