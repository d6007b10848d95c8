import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BuildJob } from '#lib/images/builder.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { BASE, makeBuilder, makeJob, provideBase } from './support/build.ts';
import { leftOvers, NOTHING } from './support/left-overs.ts';
import { startIndex } from './support/package-index.ts';
import { startPlainRegistry } from './support/plain-registry.ts';

const run = promisify(execFile);
const { folder, remove } = makeTemporaryFolder();
const index = await startIndex();
const registry = await startPlainRegistry();
const builder = makeBuilder(folder, { indexUrl: index.url });
const tag = `${registry.host}/jinahub/ab12cd34:first`;
const push = { token: 'none', onLog: () => undefined, signal: new AbortController().signal };
const requirements = {
  lines: [`FROM ${BASE}`, 'COPY . /workspace', 'WORKDIR /workspace', 'RUN pip install -r requirements.txt'],
  files: { 'requirements.txt': 'groundpkg\n' },
};

/** Builds in a process of its own, which says when the first step has begun. */
function startWorker(job: BuildJob) {
  const script = path.join(import.meta.dirname, 'support/build-alone.ts');
  const words = [script, folder, JSON.stringify(job)];
  return spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
}

beforeAll(() => provideBase(folder));
afterEach(async () => expect(await leftOvers(folder)).toEqual(NOTHING));
afterAll(async () => {
  index.stop();
  await registry.stop();
  remove();
});

describe('a build', () => {
  it('installs from the package index, and tells what is installed', async () => {
    const { job } = await makeJob(folder, { ...requirements, tag });
    const image = await builder.build(job);
    expect(image.platform).toMatch(/^linux\/(amd|arm)64$/);
    const { packages } = (await image.bom()) as { packages: { name: string; versionInfo: string }[] };
    expect(packages).toContainEqual(expect.objectContaining({ name: 'groundpkg', versionInfo: '1.0' }));
    expect(packages).toContainEqual(expect.objectContaining({ name: 'libc6' }));
    await image.remove();
  });

  it('may read nothing of the index’s host but the index, and send nothing', async () => {
    const program = [
      'import urllib.request as r',
      'for path, data in (("/other", None), ("/simple/../other", None), ("/simple/groundpkg/", b"x"), ("/files/x/eA/x", None)):',
      '  try: r.urlopen("http://127.0.0.1:3141" + path, data)',
      '  except Exception as error: print("refused", path, error)',
      '  else: raise SystemExit("reached " + path)',
    ];
    const { job, said } = await makeJob(folder, {
      lines: [`FROM ${BASE}`, `RUN ["python3", "-c", ${JSON.stringify(program.join('\n'))}]`],
    });
    index.asked.length = 0;
    await (await builder.build(job)).remove();
    expect(said.filter((line) => /^refused .* 403/.test(line))).toHaveLength(4);
    expect(index.asked).toEqual([]);
  });

  it('is pushed with its labels, under the digest that the registry has', async () => {
    const labels = { 'org.opencontainers.image.title': 'Ground' };
    const { job } = await makeJob(folder, { lines: ['FROM scratch', 'COPY Dockerfile /'], tag, labels });
    const image = await builder.build(job);
    const digest = await image.push(push);
    await image.remove();
    const manifest = await registry.read(`manifests/${digest}`);
    const { config } = await registry.read(`blobs/${manifest.config.digest}`);
    expect(config.Labels).toEqual(labels);
  });

  it('takes layers of an earlier build of its repository, unless it must not', async () => {
    const wanted = { ...requirements, tag: `${registry.host}/jinahub/cache123:first` };
    const build = async (noCache: boolean) => {
      const { job, said } = await makeJob(folder, { ...wanted, noCache });
      await (await builder.build(job)).remove();
      return said.filter((line) => line.includes('Using cache')).length;
    };
    expect(await build(false)).toBe(0);
    expect(await build(false)).toBe(3);
    expect(await build(true)).toBe(0);
    const { job, said } = await makeJob(folder, {
      ...wanted,
      tag: `${registry.host}/jinahub/other123:first`,
    });
    await (await builder.build(job)).remove();
    expect(said.join()).not.toContain('Using cache');
  });

  it('goes on beside another of its repository', async () => {
    const build = async (line: string) => {
      const { job } = await makeJob(folder, { lines: [`FROM ${BASE}`, line], tag });
      return (await builder.build(job)).remove();
    };
    await Promise.all([build('RUN echo one > /one'), build('RUN echo two > /two')]);
  });

  it('begins with images of the operator’s registry, wherever that is', async () => {
    const { job } = await makeJob(folder, { lines: ['FROM scratch', 'COPY Dockerfile /'], tag });
    const image = await builder.build(job);
    await image.push(push);
    await image.remove();
    const closed = makeBuilder(folder, { baseImageTemplate: `${registry.host}/base:{jina}` });
    const next = await makeJob(folder, { lines: [`FROM ${tag}`, 'COPY Dockerfile /next'], network: 'none' });
    await expect(builder.build(next.job)).rejects.toMatchObject({ kind: 'build-failed' });
    await (await closed.build(next.job)).remove();
  });

  it('with secrets leaves nothing for the next one when its worker is killed', async () => {
    const wanted = { lines: [`FROM ${BASE}`, 'RUN echo begun; sleep 1000'], secrets: { PIP_TOKEN: 'x' } };
    const { job } = await makeJob(folder, { ...wanted, tag: '127.0.0.1:9/jinahub/secret12:first' });
    const disks = path.join(folder, 'builds/disks');
    const before = await readdir(disks).catch(() => []);
    const worker = startWorker(job);
    await once(worker.stdout, 'data');
    worker.kill('SIGKILL');
    await once(worker, 'close');
    await expect.poll(async () => (await leftOvers(folder)).processes).toEqual([]);
    await builder.sweep();
    expect(await readdir(disks)).toEqual(before);
  });

  it('has its secrets in RUN steps, and nowhere else', async () => {
    const secret = 'k9|&\\"$x/Zq7';
    const lines = [
      ...['# syntax=docker/dockerfile:1', `FROM ${BASE}`],
      ...['RUN test "$PIP_TOKEN" = \'k9|&\\"$x/Zq7\' && env > /dev/null', 'RUN ["printenv", "PIP_TOKEN"]'],
      'RUN cat /proc/self/cgroup > /cgroups',
    ];
    const { job, said } = await makeJob(folder, { lines, tag, secrets: { PIP_TOKEN: secret } });
    const image = await builder.build(job);
    expect(said).toContain(secret);
    const { stdout: commands } = await run('ps', ['-eo', 'args']);
    expect(commands).not.toContain('PIP_TOKEN');
    const digest = await image.push(push);
    await image.remove();
    const kept = path.join(folder, 'kept');
    await mkdir(kept);
    await registry.copyTo(digest, kept);
    const needle = [
      'grep',
      '-raF',
      '--exclude-dir=base',
      '-e',
      'k9|&',
      '-e',
      'PIP_TOKEN=',
      kept,
      path.join(folder, 'builds'),
    ];
    expect(await run(needle[0] ?? '', needle.slice(1)).catch(({ code }) => code)).toBe(1);
  });
});

describe('a push', () => {
  it('to a registry that is down fails for nothing that the user has to mend', async () => {
    const { job } = await makeJob(folder, { lines: [`FROM ${BASE}`, 'RUN touch /new'] });
    const image = await builder.build(job);
    await expect(image.push(push)).rejects.toMatchObject({ kind: 'unavailable' });
    await image.remove();
  });

  it('to a registry that says nothing ends with its signal', async () => {
    const silent = createServer(() => undefined);
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as { port: number };
    const { job } = await makeJob(folder, {
      lines: [`FROM ${BASE}`, 'RUN touch /new'],
      tag: `127.0.0.1:${port}/jinahub/ab12cd34:first`,
    });
    const image = await builder.build(job);
    const signal = AbortSignal.timeout(1500);
    await expect(image.push({ ...push, signal })).rejects.toMatchObject({ name: 'TimeoutError' });
    await image.remove();
    silent.close();
  });
});

describe('a build that is not wanted any more', () => {
  const endless = { lines: [`FROM ${BASE}`, 'RUN echo begun; setsid sleep 1000 & sleep 1000'] };

  it('ends at once with all that it started when it is cancelled', async () => {
    const cancel = new AbortController();
    const { job } = await makeJob(folder, { ...endless, signal: cancel.signal });
    const reason = new Error('cancelled');
    const isOver = builder.build({ ...job, onLog: (line) => line === 'begun' && cancel.abort(reason) });
    await expect(isOver).rejects.toBe(reason);
  });

  it('ends at once when its worker is killed, and the next worker removes what is left', async () => {
    const { job } = await makeJob(folder, endless);
    const worker = startWorker(job);
    await once(worker.stdout, 'data');
    const during = await leftOvers(folder);
    expect(during.jobs).toHaveLength(2);
    await builder.sweep();
    expect((await leftOvers(folder)).processes.length).toBeGreaterThanOrEqual(during.processes.length);
    worker.kill('SIGKILL');
    await once(worker, 'close');
    await expect.poll(async () => (await leftOvers(folder)).processes).toEqual([]);
    await builder.sweep();
  });
});

describe('a disk that was broken', () => {
  it('fails one build, for nothing that the user has to mend', async () => {
    const wanted = { lines: [`FROM ${BASE}`, 'RUN touch /new'], tag: '127.0.0.1:9/jinahub/broken12:first' };
    const { job } = await makeJob(folder, wanted);
    const disks = path.join(folder, 'builds/disks');
    const before = new Set(await readdir(disks).catch(() => []));
    await (await builder.build(job)).remove();
    const own = (await readdir(disks)).filter((name) => !before.has(name) && name.endsWith('.disk'));
    expect(own).toHaveLength(1);
    const file = await open(path.join(disks, `${own}`), 'r+');
    await file.write(Buffer.alloc(1024 * 1024, 1), 0, undefined, 0);
    await file.close();
    await expect(builder.build(job)).rejects.toMatchObject({ kind: 'unavailable' });
    await (await builder.build(job)).remove();
  });
});
