import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { dockerBuilder } from '#lib/images/builders/docker.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { ensureBaseImage } from './support/base-image.ts';
import { BASE, makeJob } from './support/build.ts';
import { startBuildEngine } from './support/build-engine.ts';
import { startPlainRegistry } from './support/plain-registry.ts';

const { folder, remove } = makeTemporaryFolder();
const [engine, registry] = await Promise.all([startBuildEngine(), startPlainRegistry()]);
await engine.load((await ensureBaseImage()).file);
const builder = dockerBuilder({ host: engine.host, isTrusted: true });
const tag = `${registry.host}/jinahub/ab12cd34:first`;

// An engine tidies up a moment later.
afterEach(() => expect.poll(() => engine.docker('ps', '--all', '--quiet')).toBe(''));
afterAll(async () => {
  await Promise.all([engine.stop(), registry.stop()]);
  remove();
});

describe('a build by a Docker Engine', () => {
  it('is refused unless all who push are trusted, and with variables', async () => {
    const { job } = await makeJob(folder, { lines: ['FROM scratch'], secrets: { TOKEN: 'x' } });
    const careful = dockerBuilder({ host: engine.host, isTrusted: false });
    await expect(careful.build(job)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(builder.build(job)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('is pushed with its labels, and removed', async () => {
    const labels = { 'org.opencontainers.image.title': 'Ground' };
    const { job, said } = await makeJob(folder, {
      lines: ['FROM scratch', 'COPY Dockerfile /'],
      tag,
      labels,
      network: 'none',
    });
    const image = await builder.build(job);
    expect(said).toContain('Step 2/3 : COPY Dockerfile /');
    expect(image.platform).toMatch(/^linux\/(amd|arm)64$/);
    const options = { token: 'none', onLog: () => undefined, signal: job.signal };
    const { config } = await registry.read(`manifests/${await image.push(options)}`);
    expect((await registry.read(`blobs/${config.digest}`)).config.Labels).toEqual(labels);
    await image.remove();
    expect(await engine.docker('images', '--quiet', tag)).toBe('');
  });

  it.each(['linux/arm/v7', 'linux/s390x'])('is for %s where nothing of it runs', async (platform) => {
    const { job } = await makeJob(folder, { lines: ['FROM scratch', 'COPY Dockerfile /'], network: 'none' });
    const image = await builder.build({ ...job, tag, platform });
    expect(image.platform).toBe(platform);
    await image.remove();
  });

  it.each([
    ['RUN echo the reason; exit 7', 'code: 7. Step 2/2 : RUN echo the reason; exit 7 failed.', 'the reason'],
    [`RUN python3 -c "b'x' * 2**30"`, 'code: 137. ', 'It needed more than the 512 MiB of memory'],
    ['RUN sleep 1000', 'code: 124. Step 2/2 : RUN sleep 1000 failed.', 'It was ended after 6 seconds'],
  ])('that fails tells why: %s', async (line, head, reason) => {
    const { job } = await makeJob(folder, {
      lines: [`FROM ${BASE}`, line],
      network: 'none',
      limits: { seconds: 6 },
    });
    const error: Error = await builder.build(job).catch((failure) => failure);
    expect(error).toMatchObject({ kind: 'build-failed' });
    expect(error.message).toContain(`Process(docker) exited on non-zero ${head}`);
    expect(error.message).toContain(reason);
  });

  it('ends when it is cancelled', async () => {
    const cancel = new AbortController();
    const reason = new Error('cancelled');
    const lines = [`FROM ${BASE}`, 'RUN echo begun; sleep 1000'];
    const { job } = await makeJob(folder, { lines, network: 'none', signal: cancel.signal });
    const onLog = (line: string) => line === 'begun' && cancel.abort(reason);
    await expect(builder.build({ ...job, onLog })).rejects.toBe(reason);
  });
});
