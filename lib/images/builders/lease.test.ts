import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { leaseFile } from './lease.ts';

let place: ReturnType<typeof makeTemporaryFolder>;
let file = '';

beforeEach(async () => {
  place = makeTemporaryFolder();
  file = path.join(place.folder, 'lock');
  await writeFile(file, '');
});

afterEach(() => place.remove());

test('a file is leased to one at a time, and to the next one once it is given back', async () => {
  const first = await leaseFile(file);
  expect(await leaseFile(file)).toBeNull();
  await first?.release();
  const second = await leaseFile(file);
  expect(second).not.toBeNull();
  await second?.release();
});

test('who has patience gets the lease that is given back meanwhile', async () => {
  const first = await leaseFile(file);
  const waiting = leaseFile(file, 30);
  await first?.release();
  const second = await waiting;
  expect(second).not.toBeNull();
  await second?.release();
});

test('a file that is not there is an error, not a lease', async () => {
  await expect(leaseFile(path.join(place.folder, 'none'))).rejects.toThrow('ENOENT');
});
