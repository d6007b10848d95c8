import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** How a program ended, and what it wrote. */
export interface Outcome {
  code: number;
  /** stdout, then stderr. */
  output: string;
}

/** Runs a program to its end, whatever that is; killed after `seconds`. */
export async function run(
  [file = '', ...words]: string[],
  {
    env = {},
    seconds = 120,
    stdin = '',
  }: { env?: Record<string, string>; seconds?: number; stdin?: string } = {},
): Promise<Outcome> {
  const child = spawn(file, words, {
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
  });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  return { code: code ?? -1, output: stdout + stderr };
}

/** The same, where anything but success is the test's failure; what it wrote. */
export async function succeed(words: string[], options: Parameters<typeof run>[1] = {}): Promise<string> {
  const { code, output } = await run(words, options);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${output}`);
  return output;
}
