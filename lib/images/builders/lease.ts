import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** That a file is this process's, until it says otherwise or ends, however that happens. */
export interface Lease {
  release(): Promise<void>;
}

async function isHeld(holder: ChildProcess): Promise<boolean> {
  (holder.stdin as Writable).on('error', () => undefined).write('held\n');
  for await (const _ of holder.stdout as Readable) return true;
  return false;
}

/** A lease of `file`, which must be there; null when somebody else has it. @param patienceSeconds how long it is waited for. */
export async function leaseFile(file: string, patienceSeconds = 0): Promise<Lease | null> {
  const words = ['--timeout', `${patienceSeconds}`, '--no-fork', file, 'cat'];
  const holder = spawn('flock', words, { stdio: ['pipe', 'pipe', 'ignore'] });
  const closed = once(holder, 'close');
  closed.catch(() => undefined);
  if (!(await isHeld(holder))) {
    await closed;
    return null;
  }
  const release = async () => {
    holder.kill('SIGKILL');
    await closed;
  };
  return { release };
}
