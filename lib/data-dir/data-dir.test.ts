import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lockDataDir, tryLockDataDir } from '#lib/data-dir/lock.ts';
import { keepSecret } from '#lib/data-dir/secret.ts';
import { Refusal } from '#lib/refusal.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const { folder, remove } = makeTemporaryFolder();
afterAll(remove);

describe('a data folder', () => {
  it('is locked by one at a time, and free again after the release', () => {
    const lock = lockDataDir(folder);
    lock.announce('http://127.0.0.1:3000');
    expect(tryLockDataDir(folder)).toBeNull();
    expect(() => lockDataDir(folder)).toThrow(Refusal);
    expect(() => lockDataDir(folder)).toThrow(`(http://127.0.0.1:3000, process ${process.pid})`);
    lock.release();
    lockDataDir(folder).release();
  });
});

describe('a kept secret', () => {
  const file = path.join(folder, 'secret');

  it('is made once, in a file for its owner only', () => {
    expect(keepSecret(file, () => 'first')).toBe('first');
    expect(keepSecret(file, () => 'second')).toBe('first');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is the same for two that make it at once', () => {
    const contested = path.join(folder, 'contested');
    const outer = keepSecret(contested, () => {
      keepSecret(contested, () => 'inner');
      return 'outer';
    });
    expect(outer).toBe('inner');
    expect(readFileSync(contested, 'utf8')).toBe('inner\n');
  });
});
