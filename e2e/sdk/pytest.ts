import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from '#lib/root.ts';
import type { PythonEnv } from '../../scripts/python-envs.ts';

/** Only ends what hangs: the longest suites take two minutes on a busy machine. */
const TIMEOUT_MS = 15 * 60_000;

/** How a run of pytest ended, and what it printed. */
interface Run {
  exitCode: number;
  output: string;
}

/**
 * Runs the suites of an environment.
 * @param report where the JUnit report goes; temporary folders of the tests lie beside it.
 * @param variables of `Station`.
 */
export async function runPytest(
  { python, suites }: Pick<PythonEnv, 'python' | 'suites'>,
  report: string,
  variables: Record<string, string>,
): Promise<Run> {
  const options = ['-q', '--tb=short', `--junit-xml=${report}`, `--basetemp=${report}.tmp`];
  const child = spawn(python, ['-m', 'pytest', ...options, ...suites], {
    cwd: import.meta.dirname,
    // Nothing of the machine's own client configuration, and no proxy, may get between client and server.
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      HOME: path.dirname(report),
      LANG: 'C.UTF-8',
      NO_PROXY: '*',
      PYTHONPYCACHEPREFIX: path.join(ROOT, '.cache/python/bytecode'),
      ...variables,
    },
    // Without a terminal the clients never stop to ask whether to log in.
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
  const [exitCode, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { exitCode, output: stdout + stderr };
}
