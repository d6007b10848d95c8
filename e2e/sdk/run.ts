import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runAdmin } from '#lib/testing/admin.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import {
  ensurePythonEnv,
  type PythonEnv,
  PythonEnvError,
  pythonEnvNames,
} from '../../scripts/python-envs.ts';
import { expiredToken, type SdkUser, signUp } from './people.ts';

/**
 * The real, unmodified Python clients against one server: `node e2e/sdk/run.ts [ENVIRONMENT…]`. Each environment of
 * `requirements/` runs the suites that it names, one after the other.
 */

const FOLDER = import.meta.dirname;
const MAX_UPLOAD_BYTES = 16_000_000;
/** What carol may store; the others have the server's default. */
const CAROL_QUOTA_BYTES = 2_000_000;

/** How the suites of one environment went. */
export interface SdkResult {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** Why they were not run, when they were not. */
  missing?: string;
}

function userVariables(key: string, user: SdkUser): Record<string, string> {
  return { [`GS_${key}`]: user.name, [`GS_${key}_TOKEN`]: user.token, [`GS_${key}_PASSWORD`]: user.password };
}

/** What conftest.py and support/station.py read. */
async function stationVariables({
  url,
  databaseUrl,
  dataDir,
  setupCode,
}: TestServer): Promise<Record<string, string>> {
  const alice = await signUp(url, 'alice', await setupCode());
  const bob = await signUp(url, 'bob');
  const carol = await signUp(url, 'carol');
  await runAdmin({ DATA_DIR: dataDir }, ['user', 'quota', carol.name, String(CAROL_QUOTA_BYTES)]);
  return {
    GS_URL: url,
    GS_DATA_DIR: dataDir,
    GS_NODE: process.execPath,
    ...userVariables('ALICE', alice),
    ...userVariables('BOB', bob),
    ...userVariables('CAROL', carol),
    GS_CAROL_QUOTA_BYTES: String(CAROL_QUOTA_BYTES),
    GS_MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES),
    GS_EXPIRED_TOKEN: await expiredToken(url, databaseUrl, alice),
  };
}

function pytest(
  { python, suites }: PythonEnv,
  report: string,
  variables: Record<string, string>,
): Promise<number> {
  const options = ['-m', 'pytest', '-q', '--tb=short', `--junit-xml=${report}`, `--basetemp=${report}.tmp`];
  const child = spawn(python, [...options, ...suites], {
    cwd: FOLDER,
    // Nothing of the machine's own client configuration, and no proxy, may get between client and server.
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      HOME: path.dirname(report),
      LANG: 'C.UTF-8',
      NO_PROXY: '*',
      PYTHONDONTWRITEBYTECODE: '1',
      ...variables,
    },
    // Without a terminal the clients never stop to ask whether to log in.
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

async function readReport(file: string): Promise<Omit<SdkResult, 'name'>> {
  const xml = await readFile(file, 'utf8').catch(() => '');
  const number = (attribute: string) => Number(new RegExp(` ${attribute}="([\\d.]+)"`).exec(xml)?.[1] ?? 0);
  const failed = number('failures') + number('errors');
  const skipped = number('skipped');
  return { failed, skipped, passed: number('tests') - failed - skipped, seconds: number('time') };
}

async function runEnvironment(
  name: string,
  folder: string,
  variables: Record<string, string>,
): Promise<SdkResult> {
  const environment = await ensurePythonEnv(name).catch((error: Error) => {
    if (error instanceof PythonEnvError) return error.message;
    throw error;
  });
  if (typeof environment === 'string')
    return { name, passed: 0, failed: 0, skipped: 0, seconds: 0, missing: environment };
  const report = path.join(folder, `${name}.xml`);
  const code = await pytest(environment, report, variables);
  const result = { name, ...(await readReport(report)) };
  // A run that died before it could report has failed too.
  return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
}

/**
 * Starts a server, runs the suites of all environments (or of `only`) and stops it.
 * An environment that this machine cannot have is reported as missing, not failed.
 */
export async function runSdkTests(only: string[] = []): Promise<SdkResult[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'groundstation-sdk-'));
  const server = await startTestServer({ MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES) });
  try {
    const variables = await stationVariables(server);
    const results: SdkResult[] = [];
    for (const name of only.length > 0 ? only : await pythonEnvNames())
      results.push(await runEnvironment(name, folder, variables));
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
    await server.stop();
  }
}

function describe({ name, passed, failed, skipped, seconds, missing }: SdkResult): string {
  if (missing) return `${name}: not run. ${missing}`;
  return `${name}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds.toFixed(1)} s`;
}

if (import.meta.main) {
  const results = await runSdkTests(process.argv.slice(2));
  process.stdout.write(`${results.map(describe).join('\n')}\n`);
  const total = (key: 'passed' | 'failed' | 'skipped') =>
    results.reduce((sum, result) => sum + result[key], 0);
  process.stdout.write(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped\n`);
  process.exitCode = results.some((result) => result.failed > 0 || result.missing) ? 1 : 0;
}
