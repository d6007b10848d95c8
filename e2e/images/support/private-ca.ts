import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensurePythonEnv } from '../../../scripts/python-envs.ts';

/** What a command of a client left behind. */
export interface Ended {
  isGood: boolean;
  /** All that it wrote, on stdout and stderr. */
  output: string;
}

/** Somebody's environment: where the server is, who they are, and which authorities they trust. */
interface Surroundings {
  url: string;
  token?: string;
  /** `REQUESTS_CA_BUNDLE` and the like. */
  trust: Record<string, string>;
}

const TIMEOUT_MS = 120_000;

async function run(program: string, words: string[], { url, token, trust }: Surroundings): Promise<Ended> {
  // Nothing of this machine's own configuration may get between client and server.
  const home = await mkdtemp(path.join(os.tmpdir(), 'groundstation-private-ca-'));
  const env = {
    NODE_ENV: 'test',
    PATH: process.env.PATH,
    HOME: home,
    NO_PROXY: '*',
    COLUMNS: '500',
    JINA_HUBBLE_REGISTRY: url,
    JINA_OPTOUT_TELEMETRY: '1',
    JINA_HIDE_SURVEY: '1',
    NO_VERSION_CHECK: '1',
    ...(token ? { JINA_AUTH_TOKEN: token } : {}),
    ...trust,
  } as const;
  try {
    return await new Promise((resolve) => {
      execFile(program, words, { env, timeout: TIMEOUT_MS }, (error, stdout, stderr) =>
        resolve({ isGood: error === null, output: stdout + stderr }),
      );
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Runs an operation of private_ca.py with the client `name`. @param megabytes of what it moves. */
export async function runClient(
  name: string,
  operation: string,
  around: Surroundings,
  megabytes = 1,
): Promise<Ended> {
  const { python } = await ensurePythonEnv(name);
  const script = path.join(import.meta.dirname, 'private_ca.py');
  return run(python, [script, operation, String(megabytes)], around);
}

/** Runs `jina hub …` of the client `name`. */
export async function runHub(name: string, words: string[], around: Surroundings): Promise<Ended> {
  const { python } = await ensurePythonEnv(name);
  return run(path.join(path.dirname(python), 'jina'), ['hub', ...words], around);
}
