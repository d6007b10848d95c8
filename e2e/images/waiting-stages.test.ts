import { readdir, readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { BASE, makeBuilder, makeJob, provideBase } from './support/build.ts';
import { leftOvers, NOTHING } from './support/left-overs.ts';
import { startPlainRegistry } from './support/plain-registry.ts';

const { folder, remove } = makeTemporaryFolder();
const registry = await startPlainRegistry();
const builder = makeBuilder(folder, { baseImageTemplate: `${registry.host}/base:{jina}` });
const withTriggers = `${registry.host}/base:triggers`;

/** The stages that this process has, each by its network. */
async function stages(): Promise<string[]> {
  const threads = await readdir('/proc/self/task');
  const children = await Promise.all(
    threads.map((id) => readFile(`/proc/self/task/${id}/children`, 'utf8').catch(() => '')),
  );
  const pids = children.join(' ').split(' ').filter(Boolean);
  const variables = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')),
  );
  return variables.flatMap((text) => /(?:^|\0)NETWORK=(\w+)/.exec(text)?.[1] ?? []).sort();
}

/** Builds until a line is said. @returns the stages that are there then. */
async function stagesAt(pattern: RegExp, lines: string[]): Promise<string[]> {
  const found = Promise.withResolvers<string[]>();
  const cancel = new AbortController();
  const onLog = (line: string) => {
    if (pattern.test(line)) stages().then(found.resolve, found.reject);
  };
  const { job } = await makeJob(folder, { lines, network: 'none', onLog, signal: cancel.signal });
  const built = builder.build(job);
  const ended = built.then((image) => image.remove());
  try {
    return await Promise.race([found.promise, ended.then(() => ['nothing was said'])]);
  } finally {
    cancel.abort();
    await ended.catch(() => undefined);
  }
}

beforeAll(async () => {
  await provideBase(folder);
  const lines = [`FROM ${BASE}`, 'ONBUILD RUN echo begun && sleep 60'];
  const { job } = await makeJob(folder, { lines, tag: withTriggers });
  const image = await builder.build(job);
  await image.push({ token: 'none', onLog: () => undefined, signal: job.signal });
  await image.remove();
});
afterEach(async () => {
  expect(await stages()).toEqual([]);
  expect(await leftOvers(folder)).toEqual(NOTHING);
});
afterAll(async () => {
  await registry.stop();
  remove();
});

it('the push waits for its image beside a build that runs nothing, and ends with it', async () => {
  expect(await stagesAt(/^STEP/, [`FROM ${BASE}`, 'COPY Dockerfile /'])).toEqual(['host', 'own', 'own']);
});

it('nothing with the machine’s network waits beside a step that runs something', async () => {
  expect(await stagesAt(/^begun$/, [`FROM ${BASE}`, 'RUN echo begun && sleep 60'])).toEqual(['own']);
});

it('nothing with the machine’s network waits beside a step that a base image brings', async () => {
  expect(await stagesAt(/^begun$/, [`FROM ${withTriggers}`, 'COPY Dockerfile /'])).toEqual(['own']);
});
