import { readdir, readFile, utimes } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { BuildLimits } from '#lib/images/builder.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { BASE, makeBuilder, makeJob, provideBase } from './support/build.ts';
import { leftOvers, NOTHING } from './support/left-overs.ts';
import { startPlainRegistry } from './support/plain-registry.ts';

const MIB = 1024 * 1024;
const { folder: source, remove: removeSource } = makeTemporaryFolder();
const { folder, remove } = makeTemporaryFolder();
const registry = await startPlainRegistry();
const baseImageTemplate = `${registry.host}/base:{jina}`;
const [large, small] = ['large', 'small'].map((name) => `${registry.host}/jinahub/${name}:1`);

beforeAll(async () => {
  await provideBase(source);
  for (const [tag, from] of Object.entries({ [`${large}`]: BASE, [`${small}`]: 'scratch' })) {
    const { job } = await makeJob(source, { lines: [`FROM ${from}`, 'COPY Dockerfile /'], tag });
    const image = await makeBuilder(source).build(job);
    await image.push({ token: 'none', onLog: () => undefined, signal: new AbortController().signal });
    await image.remove();
  }
});
afterEach(async () => expect(await leftOvers(folder)).toEqual(NOTHING));
afterAll(async () => {
  await registry.stop();
  removeSource();
  remove();
});

/** Builds upon an image of the registry. */
async function build(image = '', maxBaseBytes?: number, limits?: Partial<BuildLimits>): Promise<void> {
  const lines = [`FROM ${image}`, 'COPY Dockerfile /next'];
  const { job } = await makeJob(folder, { lines, network: 'none', ...(limits ? { limits } : {}) });
  const options = { baseImageTemplate, ...(maxBaseBytes ? { maxBaseBytes } : {}) };
  await (await makeBuilder(folder, options).build(job)).remove();
}

async function storedImages(): Promise<string> {
  return readFile(path.join(folder, 'builds/base/storage/overlay-images/images.json'), 'utf8');
}

it('an image that needs more than the disk of a build is not pulled', async () => {
  await expect(build(large, undefined, { diskBytes: 64 * MIB })).rejects.toMatchObject({
    kind: 'build-failed',
    message: expect.stringContaining('it needs more than the 64 MiB of disk that a build has.'),
  });
});

it('an image that needs more than the memory of a build is not pulled', async () => {
  await expect(build(large, undefined, { memoryBytes: 8 * MIB })).rejects.toMatchObject({
    kind: 'build-failed',
  });
});

it('pulled images that nobody used for days make room for others, and no others do', async () => {
  await build(large);
  await expect(build(small, 64 * MIB)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await storedImages()).toContain(large);
  const pulled = path.join(folder, 'builds/pulled');
  for (const name of await readdir(pulled)) await utimes(path.join(pulled, name), 0, 0);
  await build(small, 64 * MIB);
  expect(await storedImages()).not.toContain(large);
  await build(large);
});
