import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { watchEnd } from '#lib/process-end.ts';

it('a child is gone when it exits, when it is killed, and when it never was', async () => {
  const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
  const running = watchEnd(child);
  expect(running.isGone()).toBe(false);
  child.kill('SIGKILL');
  for (const end of [running, watchEnd(spawn('true')), watchEnd(spawn('/nowhere/program'))]) {
    await end.gone;
    expect(end.isGone()).toBe(true);
  }
});
