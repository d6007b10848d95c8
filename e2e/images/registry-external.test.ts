import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readManifest } from '#lib/registry/client.ts';
import { registryToken } from '#lib/registry/token.ts';
import { runAdmin } from '#lib/testing/admin.ts';
import { freePort, Station, type StoredImage } from './support/station.ts';

// A registry that somebody else runs, by the configuration that the command prints. Without housekeeping, which would let
// the new key sign at a time of its own.
const registry = `127.0.0.1:${await freePort()}`;
const port = String(await freePort());
const station = await Station.start({
  PORT: port,
  // Which no registry reaches.
  PUBLIC_URL: 'https://groundstation.example.org',
  REGISTRY_EVENTS_URL: `http://127.0.0.1:${port}`,
  REGISTRY_URL: `http://${registry}`,
  REGISTRY_PUBLIC_HOST: registry,
  ROLE: 'web',
});
const folder = path.join(station.folder, 'external');
const bundle = path.join(folder, 'bundle.crt');
let running: ChildProcess | undefined;
afterAll(async () => {
  await end();
  await station.stop();
});

async function end(): Promise<void> {
  running?.kill();
  if (running && running.exitCode === null) await once(running, 'close');
}

const admin = (...words: string[]) => runAdmin(station.env, ['registry', ...words]);
const answer = async () => (await fetch(`http://${registry}/v2/`).catch(() => null))?.status;
const isReady = async () => (await fetch(`${station.server.url}/api/ready`)).status;

async function start(): Promise<void> {
  const config = path.join(folder, 'config.yml');
  running = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  await expect.poll(answer).toBe(401);
}

/** Does what the printed configuration asks for. */
async function setUp(): Promise<void> {
  mkdirSync(path.join(folder, 'layers'), { recursive: true });
  const text = await admin('config');
  const file = /^# The certificates are in (\S+):/.exec(text)?.[1] ?? '';
  copyFileSync(file, bundle);
  const places: [string, string][] = [
    ['":5000"', `"${registry}"`],
    ['"/var/lib/registry"', `"${path.join(folder, 'layers')}"`],
    ['"/etc/distribution/groundstation.crt"', `"${bundle}"`],
  ];
  const config = places.reduce((config, [from, to]) => {
    expect(config).toContain(from);
    return config.replace(from, to);
  }, text);
  writeFileSync(path.join(folder, 'config.yml'), config);
}

let image: StoredImage;

it('an external registry runs by the configuration that the command prints', async () => {
  expect(await isReady()).toBe(503);
  await setUp();
  await start();
  expect(await isReady()).toBe(200);
  const alice = await station.addPerson('alice');
  image = await station.addImage(alice, 'Elsewhere', { visibility: 'public' });
  expect(image.reference).toMatch(registry);
  expect(await readManifest(image.repository, image.commitId)).toMatchObject({ digest: image.digest });
});

it('it tells of pulls where REGISTRY_EVENTS_URL says', async () => {
  const access = [{ type: 'repository' as const, name: image.repository, actions: ['pull'] }];
  const authorization = `Bearer ${await registryToken({ subject: '', access, seconds: 60 })}`;
  const manifest = `http://${registry}/v2/${image.repository}/manifests/${image.commitId}`;
  const headers = { authorization, accept: 'application/vnd.oci.image.manifest.v1+json' };
  expect((await fetch(manifest, { headers })).status).toBe(200);
  const pulls = () => station.query('SELECT FROM executor_pull WHERE executor_id = $1', [image.id]);
  await expect.poll(async () => (await pulls()).length).toBe(1);
});

it('its layers are collected where it runs, and the command says so', async () => {
  await expect(admin('gc')).rejects.toThrow('docs/registry.md');
});

it('it is taken to know a new key only when it takes what that signs', async () => {
  const said = await admin('rotate');
  const file = /^The new certificates are in (\S+)\. Copy them/.exec(said)?.[1] ?? '';
  expect(await admin('rotate')).toBe(said);
  await readManifest(image.repository, image.commitId);
  copyFileSync(file, bundle);
  await end();
  await start();
  expect(await admin('rotate')).toBe('The new key signs.');
  await readManifest(image.repository, image.commitId);
});
