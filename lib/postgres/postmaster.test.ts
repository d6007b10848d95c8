import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Cluster } from '#lib/postgres/cluster.ts';
import { isAlive, lastFatal } from '#lib/postgres/postmaster.ts';

/** Long enough for the slowest machine; the waits end as soon as they can. */
const PATIENT = { timeout: 60_000 };

describe('a Postgres process', PATIENT, () => {
  it.runIf(process.platform === 'linux')('that ended is not alive, even while nobody asks how', async () => {
    // The shell becomes a program that never asks about the child that the shell has started.
    const parent = spawn('/bin/sh', ['-c', 'sleep 600 & echo $!; exec sleep 600']);
    onTestFinished(() => {
      parent.kill('SIGKILL');
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(line);
    await vi.waitUntil(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8') === 'sleep\n', PATIENT);
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '), PATIENT);
    expect(process.kill(pid, 0)).toBe(true);
    expect(isAlive(pid)).toBe(false);
    expect(isAlive(process.pid)).toBe(true);
  });

  it('without a log has said nothing', () => {
    expect(lastFatal({ logFile: '/not/there' } as Cluster)).toBe('');
  });
});
