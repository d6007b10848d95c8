import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ROOT } from '#lib/root.ts';

/**
 * Runs a command of the administrator on a server's data, as `npm run --silent admin` does.
 * @returns its stdout without the last line break; rejects with all that it wrote when it fails.
 */
export async function runAdmin(env: Record<string, string>, words: string[], stdin = ''): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/admin.ts', ...words],
    {
      cwd: ROOT,
      env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  child.stdin.end(stdin);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  if (code !== 0) throw new Error(`admin ${words.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return stdout.trimEnd();
}

/** That of every user whom `addUser` adds. */
export const PASSWORD = 'a sentence that nobody guesses';

/** Adds a user by command and gives a token of theirs. @param marks such as `--admin`. */
export async function addUser(
  env: Record<string, string>,
  name: string,
  ...marks: string[]
): Promise<string> {
  const facts = ['--email', `${name}@example.org`, '--password-stdin', ...marks];
  await runAdmin(env, ['user', 'add', name, ...facts], PASSWORD);
  return runAdmin(env, ['token', 'add', name, '--name', 'test']);
}
