import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';

/** That a file is this process's, until it says otherwise or ends, however that happens. */
export interface Lease {
  release(): Promise<void>;
}

/** A lease of `file`, which must be there; null when somebody else has it. @param patienceSeconds how long it is waited for. */
export async function leaseFile(file: string, patienceSeconds = 0): Promise<Lease | null> {
  // The lock is of what was opened, which the program shares with this process, and is there until both have closed it.
  const handle = await open(file, 'r');
  try {
    const locking = spawn('flock', ['--timeout', `${patienceSeconds}`, '3'], {
      stdio: ['ignore', 'ignore', 'ignore', handle.fd],
    });
    const [code] = await once(locking, 'close');
    if (code === 0) return { release: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
}
