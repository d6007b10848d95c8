import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BuildJob } from '#lib/images/builder.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { BASE, makeBuilder, makeJob, provideBase, type TestBuild } from './support/build.ts';
import { leftOvers, NOTHING } from './support/left-overs.ts';

const { folder, remove } = makeTemporaryFolder();
const builder = makeBuilder(folder);

/** Builds what must not succeed. @returns the public sentence, and what was said before. */
async function fail(wanted: TestBuild): Promise<{ message: string; said: string[] }> {
  const { job, said } = await makeJob(folder, wanted);
  const error = await builder.build(job).then(
    () => new Error('it was built'),
    (reason: Error) => reason,
  );
  expect(error).toMatchObject({ kind: 'build-failed' });
  expect(error.message).toMatch(/^Process\(docker\) exited on non-zero code: \d+\. /);
  return { message: error.message, said };
}

/** Builds what must succeed, and removes it. @returns what was said. */
async function succeed(wanted: TestBuild): Promise<string> {
  const { job, said } = await makeJob(folder, wanted);
  await (await builder.build(job)).remove();
  return said.filter((line) => !line.startsWith('STEP')).join('\n');
}

function python(lines: string[]): string {
  return `RUN ["python3", "-c", ${JSON.stringify(lines.join('\n'))}]`;
}

beforeAll(() => provideBase(folder));
afterEach(async () => expect(await leftOvers(folder)).toEqual(NOTHING));
afterAll(remove);

describe('a build that goes wrong', () => {
  it('by a Dockerfile with an error is told the line', async () => {
    const { message } = await fail({ lines: [`FROM ${BASE}`, 'RUNN true'] });
    expect(message).toContain('RUNN');
  });

  it('by a step that fails is told the step and its last lines', async () => {
    const { message } = await fail({ lines: [`FROM ${BASE}`, 'RUN echo the reason >&2; exit 7'] });
    expect(message).toContain('Step 2/2: RUN echo the reason >&2; exit 7 failed.');
    expect(message).toContain('\nthe reason');
  });

  it.each(['registry.invalid/x', '127.0.0.1:5000/jinahub/ab12cd34', 'localhost/x', '169.254.169.254/latest'])(
    'by the base image %s is told whose images it may use',
    async (image) => {
      const { message } = await fail({ lines: [`FROM ${image}`] });
      expect(message).toContain(
        `Base image ${image} cannot be used: this server takes images from docker.io alone.`,
      );
    },
  );

  it('by a base image that cannot be had is told so, whatever names it', async () => {
    const open = { network: 'open' as const };
    const from = await fail({ ...open, lines: ['FROM 127.0.0.1:5000/nothing'] });
    expect(from.message).toContain(
      'Base image 127.0.0.1:5000/nothing is not on this builder and cannot be pulled',
    );
    const copy = await fail({ ...open, lines: [`FROM ${BASE}`, 'COPY --from=169.254.169.254/x / /'] });
    expect(copy.message).toContain('Base image 169.254.169.254/x is not on this builder');
  });

  it('for another platform is refused', async () => {
    const { job } = await makeJob(folder, { lines: [`FROM ${BASE}`], platform: 'linux/s390x' });
    await expect(builder.build(job)).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('a build that takes all it can', () => {
  it('ends at its time', async () => {
    const startedAt = Date.now();
    const { message } = await fail({ lines: [`FROM ${BASE}`, 'RUN sleep 1000'], limits: { seconds: 4 } });
    expect(message).toContain(
      'non-zero code: 124. Step 2/2: RUN sleep 1000 failed. It was ended after 4 seconds',
    );
    expect(Date.now() - startedAt).toBeLessThan(15_000);
  });

  it('ends at its memory', async () => {
    const limits = { memoryBytes: 128 * 1024 * 1024 };
    const { message } = await fail({ lines: [`FROM ${BASE}`, python(['b"x" * 2**30'])], limits });
    expect(message).toContain('It needed more than the 128 MiB of memory that a build has.');
  });

  it('ends at its disk', async () => {
    const limits = { diskBytes: 128 * 1024 * 1024 };
    const { message } = await fail({ lines: [`FROM ${BASE}`, 'RUN cat /dev/zero > /full'], limits });
    expect(message).toContain('It needed more than the 128 MiB of disk that a build has.');
  });

  it('ends at its processes', async () => {
    const bomb = ['import os', 'while True:', '  try: os.fork()', '  except OSError: pass'];
    const { message } = await fail({
      lines: [`FROM ${BASE}`, python(bomb)],
      limits: { processes: 64 },
    });
    expect(message).toContain('It wanted more than the 64 processes that a build has.');
  });

  it.each(['RUN yes', 'RUN yes ""', 'RUN yes | tr -d "\\n"'])(
    'ends at the length of its log: %s',
    async (line) => {
      const { message, said } = await fail({ lines: [`FROM ${BASE}`, line] });
      expect(message).toContain('It was ended because it wrote more than 64 MiB of log.');
      expect(said.filter(({ length }) => length > 8192)).toEqual([]);
    },
  );
});

describe('a build that looks around', () => {
  it('sees no process but its own, and no file of this machine', async () => {
    const look = [
      'import os',
      'print("seen", sorted(p for p in os.listdir("/proc") if p.isdigit()), os.getuid())',
    ];
    const said = await succeed({
      lines: [`FROM ${BASE}`, python(look), 'RUN ls /; ls /job /base /disk 2>&1 || true'],
    });
    expect(said).toContain("seen ['1'] 0");
    expect(said.match(/cannot access/g)).toHaveLength(3);
  });

  it('gains nothing from a link or a mount that leads out of its package', async () => {
    const mount = 'RUN --mount=type=bind,source=../../../../etc,target=/outside ls -l /outside/';
    const { message } = await fail({ lines: [`FROM ${BASE}`, mount] });
    expect(message).not.toContain('shadow');
  });

  it('tells what is installed in part where its lists are many names of one large file', async () => {
    const fill = [
      'cd /var/lib/dpkg; mkdir status.d; yes "Package: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" | head -c 15000000 > status.d/0;',
      'for i in $(seq 300); do ln status.d/0 status.d/$i; done',
    ];
    const { job } = await makeJob(folder, { lines: [`FROM ${BASE}`, `RUN ${fill.join(' ')}`] });
    const image = await builder.build(job);
    const bom = await image.bom();
    await image.remove();
    expect(bom).toMatchObject({ spdxVersion: 'SPDX-2.3' });
  });

  it.each(['/job', '/base', '/'])('changes nothing by a mount that a link leads to %s', async (place) => {
    const dig = [
      'find /m -mindepth 1 -maxdepth 1 -printf "seen %f\\n";',
      'for f in new inside.sh runtime.sh environment.sed gate digest storage/new etc/new usr/new root/new; do',
      '(echo x >> /m/$f) 2> /dev/null && echo "WROTE-$f"; done; true',
    ];
    const mount = '--mount=type=bind,from=b,source=/l,target=/m,rw';
    const { job, said } = await makeJob(folder, {
      lines: [`FROM ${BASE} AS b`, `RUN ln -s ${place} /l`, `FROM ${BASE}`, `RUN ${mount} ${dig.join(' ')}`],
    });
    const end = await builder.build(job).then(
      (image) => image.remove(),
      (error: Error) => error.message,
    );
    const outcome = [...said, end].join('\n');
    expect(outcome).not.toMatch(/WROTE-\w/);
    expect(outcome).not.toMatch(/seen (gate|root|shadow|builds|spare.disk)$/m);
  });

  describe('of a network', () => {
    const server = createServer((_request, response) => response.end('reached'));
    beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '0.0.0.0', resolve)));
    afterAll(() => void server.close());

    /** Tries each address directly, and by the gate as a proxy. */
    async function scan(network: BuildJob['network'], files: Record<string, string> = {}): Promise<string> {
      const { port } = server.address() as AddressInfo;
      const own = Object.values(os.networkInterfaces()).flatMap((all) =>
        (all ?? []).map(({ address }) => address),
      );
      const hosts = [
        '127.0.0.1',
        'localhost',
        '[::ffff:127.0.0.1]',
        '0.0.0.0',
        '2130706433',
        '169.254.169.254',
      ];
      const urls = [...hosts, ...own].map((host) => `http://${host}:${port}/`);
      const lines = [
        'import json, urllib.request as r',
        `for url in json.loads(${JSON.stringify(JSON.stringify(urls))}):`,
        '  for proxies in ({}, {"http": "http://127.0.0.1:3141"}):',
        '    try: print("GOT", url, proxies, r.build_opener(r.ProxyHandler(proxies)).open(url, timeout=3).read())',
        '    except Exception as error: print("no", url, proxies, error)',
        'import socket',
        `for target in ("127.0.0.1:${port}", "localhost:${port}", "[::1]:${port}", "${own.at(-1)}:${port}"):`,
        '  try:',
        '    s = socket.create_connection(("127.0.0.1", 3141), 3)',
        '    s.sendall(f"CONNECT {target} HTTP/1.1\\r\\nHost: {target}\\r\\n\\r\\n".encode())',
        '    print("tunnel", target, s.recv(100).split(b"\\r")[0])',
        '  except Exception as error: print("no tunnel", target, error)',
      ];
      return succeed({ network, files, noCache: true, lines: [`FROM ${BASE}`, python(lines)] });
    }

    it.each(['none', 'index', 'open'] as const)(
      'reaches nothing of this machine where it may reach %s',
      async (network) => {
        const said = await scan(network);
        expect(said).not.toContain('GOT');
        // The name of an image may have these digits.
        expect(said).not.toMatch(/ 200\b/);
        expect(said).toContain('no http://127.0.0.1:');
      },
    );

    it('reaches the world where it may reach it', async () => {
      const url = 'http://deb.debian.org/debian/dists/bookworm/Release';
      const read = python(['import urllib.request as r', `print(r.urlopen("${url}").readline().decode())`]);
      const said = await succeed({ network: 'open', lines: [`FROM ${BASE}`, `ADD ${url} /Release`, read] });
      expect(said).toContain('Origin: Debian');
    });

    it.each(['index', 'open'] as const)(
      'adds nothing of this machine where it may reach %s',
      async (network) => {
        const { port } = server.address() as AddressInfo;
        const own = Object.values(os.networkInterfaces())
          .flatMap((all) => all ?? [])
          .find((one) => !one.internal);
        for (const host of ['127.0.0.1', own?.address ?? '169.254.169.254']) {
          const { message } = await fail({
            network,
            lines: [`FROM ${BASE}`, `ADD http://${host}:${port}/ /x`],
          });
          expect(message).toContain('Step 2/2: ADD');
        }
      },
    );
  });
});
