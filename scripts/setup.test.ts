import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '#lib/root.ts';

/** Starts of Node on a busy machine. */
const SLOW = { timeout: 120_000 };

/** Takes the lock of a project that is not there, says so, and keeps it until it is killed or the test is over. */
function startHolder(project: string) {
  const module = path.join(ROOT, 'scripts/setup-lock.mjs');
  const program = `const { holdSetupLock } = await import(${JSON.stringify(module)});
    await holdSetupLock(${JSON.stringify(project)});
    process.stdout.write('held');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, held: once(child.stdout, 'data') };
}

describe('set-up', SLOW, () => {
  it('waits for another one of the same project, even when that is killed', async () => {
    const project = `/not/there/${process.pid}`;
    const first = startHolder(project);
    await first.held;
    const second = startHolder(project);
    const order: string[] = [];
    const secondHeld = second.held.then(() => order.push('second has it'));
    const other = startHolder(`${project}-other`);
    await other.held;
    order.push('first is killed');
    first.child.kill('SIGKILL');
    await secondHeld;
    expect(order).toEqual(['first is killed', 'second has it']);
  });

  it('finds a Node that can run the server', () => {
    const node = execFileSync(process.execPath, ['scripts/node-path.mjs'], { cwd: ROOT, encoding: 'utf8' });
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' });
    expect(Number.parseInt(version.slice(1), 10)).toBeGreaterThanOrEqual(24);
  });
});
