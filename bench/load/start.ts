import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';
import type { LoadResult, Plan } from './plan.ts';

/** A process that is ready to make load, and waits. */
export interface Load {
  /** Begins; resolves to what was measured when the plan is done. */
  run(): Promise<LoadResult>;
  /** Takes no more jobs. */
  finish(): void;
}

/**
 * Starts a process for a plan.
 * @throws with its stderr when it fails, as it does at the first answer that is not what it must be.
 */
export async function startLoad(plan: Plan): Promise<Load> {
  const program = path.join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const lines = readline.createInterface({ input: child.stdout });
  const failed = once(child, 'close').then(() => {
    throw new Error(`a load process failed: ${stderr.slice(0, 2000)}`);
  });
  failed.catch(() => {});
  const nextLine = async (): Promise<string> => (await Promise.race([once(lines, 'line'), failed]))[0];
  child.stdin.write(`${JSON.stringify(plan)}\n`);
  await nextLine();
  return {
    async run() {
      child.stdin.write('begin\n');
      return JSON.parse(await nextLine());
    },
    finish: () => void child.stdin.write('finish\n'),
  };
}
