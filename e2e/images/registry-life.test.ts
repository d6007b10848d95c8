import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { isAlive } from '#lib/postgres/postmaster.ts';
import { readManifest } from '#lib/registry/client.ts';
import { repositoryToken } from '#lib/registry/token.ts';
import { runAdmin } from '#lib/testing/admin.ts';
import { runServerToEnd } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { succeed } from './support/run.ts';
import { freePort, Station, type StoredImage } from './support/station.ts';

const station = await Station.start();
afterAll(() => station.stop());
const alice = await station.addPerson('alice');
const image = await station.addImage(alice, 'First', { visibility: 'public' });

const registryPid = () =>
  Number(readFileSync(path.join(station.env.DATA_DIR ?? '', 'registry/registry.pid'), 'utf8'));
const answer = async () => (await fetch(`http://${station.registry}/v2/`).catch(() => null))?.status;
const ready = async () => {
  const response = await fetch(`${station.server.url}/api/ready`);
  return [response.status, ((await response.json()) as { reason?: string }).reason];
};

/** Copies an image whole, as nobody. */
async function pull({ reference }: StoredImage): Promise<void> {
  const target = `dir:${path.join(station.folder, randomBytes(6).toString('hex'))}`;
  const words = ['--insecure-policy', 'copy', '-q', '--src-tls-verify=false', '--src-no-creds'];
  await succeed(['skopeo', ...words, `docker://${reference}`, target]);
}

/** Begins the upload of a layer, and settles when the registry is gone or has it. */
async function openUpload(repository: string): Promise<{ ended: Promise<string> }> {
  const token = await repositoryToken({ repository, actions: ['pull', 'push'], seconds: 60 });
  const headers = { authorization: `Bearer ${token}` };
  const base = `http://${station.registry}`;
  const begun = await fetch(`${base}/v2/${repository}/blobs/uploads/`, { method: 'POST', headers });
  async function* body() {
    for (let piece = 0; piece < 1000; piece++) {
      yield randomBytes(100_000);
      await delay(10);
    }
  }
  const upload = fetch(new URL(begun.headers.get('location') ?? '', base), {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(Readable.from(body())),
    duplex: 'half',
  } as RequestInit);
  return { ended: upload.then(({ status }) => String(status)).catch(() => 'cut') };
}

describe('the registry of a server', () => {
  it('is started again when it is killed in the middle of a push, and keeps what it had', async () => {
    const { repository } = await station.addImage(alice, 'Cut');
    const { ended } = await openUpload(repository);
    const first = registryPid();
    await delay(200);
    process.kill(first, 'SIGKILL');
    expect(await ended).toBe('cut');
    await expect.poll(answer).toBe(401);
    expect(registryPid()).not.toBe(first);
    await pull(image);
    await pull(await station.addImage(alice, 'Next', { visibility: 'public' }));
  });

  it('does not outlive a server that is killed, and is there again after the next start', async () => {
    const first = registryPid();
    await station.restart();
    await expect.poll(() => isAlive(first)).toBe(false);
    await expect.poll(answer).toBe(401);
    expect(registryPid()).not.toBe(first);
    await pull(image);
    expect((await readManifest(image.repository, image.digest)).layers).toHaveLength(2);
  });

  it('is missed by /api/ready while it does not answer', async () => {
    const pid = registryPid();
    expect(await ready()).toEqual([200, undefined]);
    process.kill(pid, 'SIGSTOP');
    expect(await ready()).toEqual([503, 'The registry of images does not answer.']);
    process.kill(pid, 'SIGCONT');
    expect(await ready()).toEqual([200, undefined]);
  });

  it('runs as a user who is neither root nor Postgres’s', () => {
    const uidOf = (pid: number) => /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    expect(uidOf(registryPid())).not.toBe('0');
    const postgres = readFileSync(path.join(station.env.DATA_DIR ?? '', 'postgres/postmaster.pid'), 'utf8');
    expect(uidOf(registryPid())).not.toBe(uidOf(Number(postgres.split('\n')[0])));
  });
});

describe('a new key', () => {
  it('signs after the registry has learned it, while pulls go on and old tokens count', async () => {
    const { repository, digest } = image;
    const old = await repositoryToken({ repository, actions: ['pull'], seconds: 600 });
    const get = async (token: string) => {
      const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/vnd.oci.image.manifest.v1+json',
      };
      const url = `http://${station.registry}/v2/${repository}/manifests/${digest}`;
      return (await fetch(url, { headers }).catch(() => null))?.status ?? 0;
    };
    const kidNow = async () => {
      const response = await fetch(
        `${station.server.url}/registry/token?scope=repository:${repository}:pull`,
      );
      const { token } = (await response.json()) as { token: string };
      return { token, kid: JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid };
    };
    const before = await kidNow();
    const seen: number[] = [];
    let isOver = false;
    const pulling = (async () => {
      while (!isOver) seen.push(await get(old), await get((await kidNow()).token));
    })();
    expect(await runAdmin({ ...station.env }, ['registry', 'rotate'])).toBe('The new key signs.');
    await expect.poll(async () => (await kidNow()).kid).not.toBe(before.kid);
    isOver = true;
    await pulling;
    expect(await get(old)).toBe(200);
    expect(await get(before.token)).toBe(200);
    expect(await get((await kidNow()).token)).toBe(200);
    // Nobody is ever told that a token is wrong; 0 is the moment in which the registry changes hands.
    const answered = seen.filter((status) => status !== 0);
    expect(new Set(answered)).toEqual(new Set([200]));
    expect(answered.length / seen.length).toBeGreaterThan(0.9);
    await pull(image);
  });
});

describe('a start with images', () => {
  it('is refused in one sentence where there is no registry', async () => {
    const { folder, remove } = makeTemporaryFolder();
    symlinkSync('/usr/bin/id', path.join(folder, 'id'));
    const env = { IMAGES: 'on', PATH: folder, DATA_DIR: path.join(folder, 'data') };
    const { code, stderr } = await runServerToEnd(env);
    remove();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^IMAGES is on, but .*apt-get install docker-registry.*REGISTRY_URL\.\n$/);
  });

  it('is refused where the registry’s user cannot come to its layers: it never runs as root', async () => {
    const { folder, remove } = makeTemporaryFolder();
    const closed = path.join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const env = {
      IMAGES: 'on',
      DATA_DIR: path.join(closed, 'data'),
      DATABASE_URL: station.server.databaseUrl,
      AUTH_SECRET: station.env.AUTH_SECRET ?? '',
      PORT: '0',
      REGISTRY_PORT: String(await freePort()),
    };
    const { code, stderr } = await runServerToEnd(env);
    remove();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The registry of images runs as .*, who cannot enter \S+\/closed; allow that \(chmod o\+x .*DATA_DIR\.\n$/,
    );
  });

  it('is refused to a worker that cannot know where the registry is', async () => {
    const { folder, remove } = makeTemporaryFolder();
    const env = { IMAGES: 'on', ROLE: 'worker', DATA_DIR: path.join(folder, 'data') };
    const { code, stderr } = await runServerToEnd(env);
    remove();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^REGISTRY_URL is missing; .*\n$/);
  });
});
