import { generateKeyPairSync } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { deleteManifest, readManifest } from '#lib/registry/client.ts';
import { signingKey } from '#lib/registry/keys.ts';
import { repositoryToken, signToken } from '#lib/registry/token.ts';
import { pushImage } from './support/image.ts';
import { run } from './support/run.ts';
import { Station } from './support/station.ts';

const station = await Station.start();
afterAll(() => station.stop());
const alice = await station.addPerson('alice');
const bob = await station.addPerson('bob');
const [hidden, others] = [await station.addImage(alice, 'Hidden'), await station.addImage(bob, 'Others')];
const base = `http://${station.registry}/v2/`;

function call(path: string, token: string, method = 'GET'): Promise<Response> {
  const accept = 'application/vnd.oci.image.manifest.v1+json';
  return fetch(base + path, { method, headers: { authorization: `Bearer ${token}`, accept } });
}

/** A token as the token service gives it to somebody. */
async function userToken(pat: string, ...scopes: string[]): Promise<string> {
  const query = new URLSearchParams([['service', 'x'], ...scopes.map((scope) => ['scope', scope])]);
  const authorization = `Basic ${Buffer.from(`<token>:${pat}`).toString('base64')}`;
  const response = await fetch(`${station.server.url}/registry/token?${query}`, {
    headers: { authorization },
  });
  const { token } = (await response.json()) as { token: string };
  return token;
}

const firstLayer = async ({ repository, digest }: { repository: string; digest: string }) =>
  (await readManifest(repository, digest)).layers[0]?.digest ?? '';

describe('a user of the registry', () => {
  const all = [hidden.repository, others.repository].map((name) => `repository:${name}:*`);

  it('cannot push, delete or list, by whatever they ask for, not even where they own', async () => {
    const token = await userToken(bob.token, ...all, 'registry:catalog:*');
    const own = others.repository;
    expect((await call(`${own}/manifests/${others.digest}`, token)).status).toBe(200);
    expect((await call(`${own}/manifests/${others.digest}`, token, 'DELETE')).status).toBe(401);
    expect((await call(`${own}/blobs/uploads/`, token, 'POST')).status).toBe(401);
    expect((await call('_catalog', token)).status).toBe(401);
    const words = ['--insecure-policy', 'copy', '--src-tls-verify=false', '--dest-tls-verify=false'];
    const creds = ['--src-creds', `bob:${bob.token}`, '--dest-creds', `bob:${bob.token}`];
    const target = `docker://${station.registry}/${own}:moved`;
    const { code } = await run(['skopeo', ...words, ...creds, `docker://${others.reference}`, target]);
    expect(code).not.toBe(0);
  });

  it('cannot see, list or name what they may not, by tag, digest, layer or mount', async () => {
    const token = await userToken(bob.token, ...all);
    const layer = await firstLayer(hidden);
    for (const path of [
      `manifests/${hidden.commitId}`,
      `manifests/${hidden.digest}`,
      `blobs/${layer}`,
      'tags/list',
    ])
      expect((await call(`${hidden.repository}/${path}`, token)).status).toBe(401);
    expect((await call(`${others.repository}/blobs/${layer}`, token, 'HEAD')).status).toBe(404);
    const mount = `${others.repository}/blobs/uploads/?mount=${layer}&from=${hidden.repository}`;
    expect((await call(mount, token, 'POST')).status).toBe(401);
  });
});

describe('a token of a worker', () => {
  it('cannot reach another repository, nor steal a layer of it by a mount', async () => {
    const { repository } = others;
    const token = await repositoryToken({ repository, actions: ['pull', 'push'], seconds: 60 });
    const layer = await firstLayer(hidden);
    expect((await call(`${hidden.repository}/manifests/${hidden.digest}`, token)).status).toBe(401);
    expect((await call(`${hidden.repository}/blobs/uploads/`, token, 'POST')).status).toBe(401);
    const mount = `${repository}/blobs/uploads/?mount=${layer}&from=${hidden.repository}`;
    // The registry makes an ordinary upload of it (202); 201 would be the layer.
    expect([202, 401]).toContain((await call(mount, token, 'POST')).status);
    expect((await call(`${repository}/blobs/${layer}`, token, 'HEAD')).status).toBe(404);
  });

  it('cannot delete what it pushes to', async () => {
    const { repository, digest } = others;
    const token = await repositoryToken({ repository, actions: ['pull', 'push'], seconds: 60 });
    expect((await call(`${repository}/manifests/${digest}`, token, 'DELETE')).status).toBe(401);
  });
});

describe('a token that does not count', () => {
  const path = `${hidden.repository}/manifests/${hidden.digest}`;
  const access = [{ type: 'repository' as const, name: hidden.repository, actions: ['pull', 'push'] }];

  it('counts when it is right, for comparison', async () => {
    const right = signToken(await signingKey(), { subject: '', access, seconds: 60 });
    expect((await call(path, right)).status).toBe(200);
  });

  it('is one that is over', async () => {
    // The registry grants a minute for clocks that differ.
    const over = signToken(await signingKey(), { subject: '', access, seconds: -120 });
    expect((await call(path, over)).status).toBe(401);
  });

  it('is one by another key, with our certificate or its own', async () => {
    const key = await signingKey();
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const forged = signToken({ ...key, privateKey }, { subject: '', access, seconds: 60 });
    expect((await call(path, forged)).status).toBe(401);
  });

  it('is one whose claims were changed, or that says it needs no signature', async () => {
    const [header = '', , signature = ''] = signToken(await signingKey(), {
      subject: '',
      access: [],
      seconds: 60,
    }).split('.');
    const claims = {
      iss: 'groundstation',
      aud: 'groundstation-registry',
      sub: '',
      exp: 9_999_999_999,
      nbf: 0,
      iat: 0,
      access,
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect((await call(path, `${header}.${part(claims)}.${signature}`)).status).toBe(401);
    expect((await call(path, `${part({ typ: 'JWT', alg: 'none' })}.${part(claims)}.`)).status).toBe(401);
    for (const junk of ['', 'x', 'a.b.c', '..']) expect((await call(path, junk)).status).toBe(401);
  });
});

describe('an image whose manifest was deleted', () => {
  it('is not there by its tag either, is told so by our client, and can be pushed again', async () => {
    const { id, commitId, repository, digest } = await station.addImage(alice, 'Deleted');
    await deleteManifest(repository, digest);
    await deleteManifest(repository, digest);
    const gone = { kind: 'gone-from-store' };
    await expect(readManifest(repository, commitId)).rejects.toMatchObject(gone);
    await expect(readManifest(repository, digest)).rejects.toMatchObject(gone);
    const { registry, folder } = station;
    const next = await pushImage({ registry, folder, executorId: id, tag: commitId });
    expect(await readManifest(repository, commitId)).toMatchObject({ digest: next });
  });

  it('leaves the others of its repository whole', async () => {
    const { id, repository, digest } = await station.addImage(alice, 'Twice');
    const { registry, folder } = station;
    const second = await pushImage({ registry, folder, executorId: id, tag: 'second' });
    await deleteManifest(repository, digest);
    expect(await readManifest(repository, 'second')).toMatchObject({ digest: second });
  });
});
