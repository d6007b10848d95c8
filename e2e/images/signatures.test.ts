import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import { transaction } from '#lib/db/transaction.ts';
import { destroyExecutors } from '#lib/executors/destroy.ts';
import { removeDoomedManifests } from '#lib/registry/doomed.ts';
import { doomOrphans } from '#lib/registry/orphans.ts';
import { runAdmin } from '#lib/testing/admin.ts';
import { newSigner, type Signer, signedPayload } from '#lib/testing/signatures.ts';
import { pushImage } from './support/image.ts';
import { run } from './support/run.ts';
import { call, signatureTag, skopeoRaw } from './support/signing.ts';
import { type Somebody, Station, type StoredImage } from './support/station.ts';

// Without housekeeping, which would do the same as these tests at its own times.
const station = await Station.start({ ROLE: 'web' });
afterAll(() => station.stop());
const [alice, bob] = [await station.addPerson('alice'), await station.addPerson('bob')];
const [laptop, ci] = [newSigner(), newSigner('rsa2048')];
for (const [name, { pem }] of Object.entries({ laptop, ci }))
  expect(await call(station, alice, 'signingKey.add', { name, pem })).toMatchObject({ status: 200 });

const repositoryOf = ({ repository }: StoredImage) => `${station.registry}/${repository}`;
const inHours = (hours: number) => ({ now: () => new Date(Date.now() + hours * 3_600_000) });

async function attach(image: StoredImage, signer: Signer, more: object = {}) {
  const payload = signedPayload(repositoryOf(image), image.digest);
  const input = { id: image.id, payload, signature: signer.sign(payload), ...more };
  return call(station, alice, 'executor.attachSignature', input);
}

/** The signatures that somebody gets from the registry; null when they get none. */
async function signaturesFor(person: Somebody | null, image: StoredImage): Promise<string[] | null> {
  const { code, output } = await skopeoRaw(person, `${repositoryOf(image)}:${signatureTag(image.digest)}`);
  if (code !== 0) return null;
  const { layers } = JSON.parse(output) as { layers: { annotations: Record<string, string> }[] };
  return layers.map(({ annotations }) => annotations['dev.cosignproject.cosign/signature'] ?? '');
}

const statusOf = async (image: StoredImage) => {
  const { data } = await call(station, alice, 'executor.listImages', { id: image.id });
  return (data as { signature: { status: string } }[]).map(({ signature }) => signature.status);
};

describe('a signature that was attached', () => {
  it('is pulled by its owner and, of what is public, by everybody; of what is private by nobody else', async () => {
    for (const visibility of ['public', 'private'] as const) {
      const image = await station.addImage(alice, `Signed-${visibility}`, { visibility });
      expect(await statusOf(image)).toEqual(['unsigned']);
      const reply = await attach(image, laptop, { tag: 'latest', digest: image.digest });
      expect(reply).toMatchObject({ status: 200, data: { id: image.id, key: { name: 'laptop' } } });
      expect(await statusOf(image)).toEqual(['signed']);
      expect(await signaturesFor(alice, image)).toHaveLength(1);
      for (const person of [bob, null])
        expect((await signaturesFor(person, image))?.length ?? null).toBe(visibility === 'public' ? 1 : null);
    }
  });

  it('stands beside those of other keys, and takes the place of an earlier one of its key', async () => {
    const image = await station.addImage(alice, 'Twice');
    await attach(image, laptop);
    await attach(image, ci);
    const [first, second] = (await signaturesFor(alice, image)) ?? [];
    await attach(image, laptop);
    const now = await signaturesFor(alice, image);
    expect(now).toHaveLength(2);
    expect(now).toContain(second);
    expect(now).not.toContain(first);
  });

  it('is none of several that is lost when they come at once', async () => {
    const image = await station.addImage(alice, 'AtOnce');
    const replies = await Promise.all([laptop, ci, laptop, ci].map((signer) => attach(image, signer)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await signaturesFor(alice, image)).toHaveLength(2);
  });

  it('is untrusted once its key is removed, and trusted when it is there again', async () => {
    const image = await station.addImage(alice, 'Removed');
    const key = newSigner('ed25519');
    await call(station, alice, 'signingKey.add', { name: 'old', pem: key.pem });
    await attach(image, key);
    await call(station, alice, 'signingKey.remove', { name: 'old' });
    expect(await statusOf(image)).toEqual(['untrusted']);
    await call(station, alice, 'signingKey.add', { name: 'again', pem: key.pem });
    expect(await statusOf(image)).toEqual(['signed']);
  });

  it('says nothing of what the Executor is rebuilt to', async () => {
    const image = await station.addImage(alice, 'Rebuilt');
    await attach(image, laptop);
    const { registry, folder } = station;
    const digest = await pushImage({ registry, folder, executorId: image.id, tag: `${image.commitId}-2` });
    await station.addImageRow(image.id, image.commitId, `${image.commitId}-2`, digest);
    expect((await statusOf(image)).sort()).toEqual(['signed', 'unsigned']);
  });
});

it('nothing is stored that is not signed by a key of the owner, and nothing for somebody else’s', async () => {
  const image = await station.addImage(alice, 'Refused', { visibility: 'public' });
  expect(await attach(image, newSigner())).toMatchObject({ status: 400 });
  const payload = signedPayload(repositoryOf(image), image.digest);
  const input = { id: image.id, payload, signature: laptop.sign(payload) };
  expect(await call(station, bob, 'executor.attachSignature', input)).toMatchObject({ status: 403 });
  expect(await signaturesFor(alice, image)).toBeNull();
  expect(await statusOf(image)).toEqual(['unsigned']);
});

describe('the registry', () => {
  it('keeps a signature through collections and looks for orphans as long as its image lives', async () => {
    const image = await station.addImage(alice, 'Kept');
    await attach(image, laptop);
    await attach(image, ci);
    expect(await doomOrphans()).toBe(0);
    await removeDoomedManifests(inHours(7));
    await runAdmin(station.env, ['registry', 'gc']);
    expect(await signaturesFor(alice, image)).toHaveLength(2);
    // Its payloads too, of which a copy takes all.
    const source = `docker://${repositoryOf(image)}:${signatureTag(image.digest)}`;
    const credentials = ['--src-tls-verify=false', '--src-creds', `alice:${alice.token}`];
    const target = `dir:${path.join(station.folder, 'kept')}`;
    const copy = ['skopeo', '--insecure-policy', 'copy', '-q', ...credentials, source, target];
    expect(await run(copy)).toMatchObject({ code: 0 });
  });

  it('deletes it with its Executor', async () => {
    const image = await station.addImage(alice, 'Deleted');
    await attach(image, laptop);
    await attach(image, ci);
    await removeDoomedManifests(inHours(7));
    await transaction((client) => destroyExecutors(client, [image.id]));
    expect(await removeDoomedManifests(systemClock)).toBe(2);
    expect(await runAdmin(station.env, ['registry', 'gc'])).not.toMatch(/^0 /);
    const left = await station.query('SELECT FROM executor_image_signature WHERE executor_id = $1', [
      image.id,
    ]);
    expect(left).toEqual([]);
    expect(await doomOrphans()).toBe(0);
  });

  it('loses a list of signatures that no row has', async () => {
    const image = await station.addImage(alice, 'Halfway');
    await attach(image, laptop);
    await station.query('DELETE FROM executor_image_signature WHERE executor_id = $1', [image.id]);
    expect(await doomOrphans()).toBe(1);
    await removeDoomedManifests(inHours(7));
    expect(await signaturesFor(alice, image)).toBeNull();
    // Whoever attaches it once more has it again.
    await attach(image, laptop);
    expect(await signaturesFor(alice, image)).toHaveLength(1);
  });

  it('that is away stores nothing, and says so', async () => {
    const image = await station.addImage(alice, 'Away');
    const pid = Number(readFileSync(path.join(station.env.DATA_DIR ?? '', 'registry/registry.pid'), 'utf8'));
    process.kill(pid, 'SIGSTOP');
    try {
      expect(await attach(image, laptop)).toMatchObject({ status: 503 });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect(await statusOf(image)).toEqual(['unsigned']);
    expect(await attach(image, laptop)).toMatchObject({ status: 200 });
  });
});

/** Cosign is in no Debian: `go install github.com/sigstore/cosign/v2/cmd/cosign@v2.6.2` makes it. */
const COSIGN = process.env.GS_COSIGN;

describe.skipIf(!COSIGN)('cosign', () => {
  it.each([
    ['p256', []],
    ['p384', ['--signature-digest-algorithm=sha384']],
    ['rsa2048', []],
  ] as const)(
    'signs with %s on the owner’s machine what anybody who may pull then verifies',
    async (kind, how) => {
      const home = path.join(station.folder, `cosign-${kind}`);
      mkdirSync(home);
      const inHome = (name: string) => path.join(home, name);
      const cosign = (words: string[]) =>
        run([COSIGN ?? '', ...words], { env: { HOME: home, COSIGN_PASSWORD: '' } });
      writeFileSync(inHome('private.pem'), newSigner(kind).privatePem);
      await cosign(['import-key-pair', '--key', inHome('private.pem'), '-o', inHome('cosign')]);
      const pem = readFileSync(inHome('cosign.pub'), 'utf8');
      expect(await call(station, alice, 'signingKey.add', { name: kind, pem })).toMatchObject({
        status: 200,
      });
      for (const visibility of ['public', 'private'] as const) {
        const image = await station.addImage(alice, `Cosign-${kind}-${visibility}`, { visibility });
        const reference = `${repositoryOf(image)}@${image.digest}`;
        const { output: payload } = await cosign(['generate', reference]);
        writeFileSync(inHome('payload.json'), payload);
        const key = [
          '--key',
          inHome('cosign.key'),
          '--tlog-upload=false',
          '--output-signature',
          inHome('sig'),
        ];
        expect(await cosign(['sign-blob', ...key, inHome('payload.json')])).toMatchObject({ code: 0 });
        const signature = readFileSync(inHome('sig'), 'utf8');
        const input = { id: image.id, payload, signature };
        expect(await call(station, alice, 'executor.attachSignature', input)).toMatchObject({ status: 200 });
        const words = ['--key', inHome('cosign.pub'), '--insecure-ignore-tlog=true', ...how];
        const owner = ['--registry-username', 'alice', '--registry-password', alice.token];
        expect(await cosign(['verify', ...words, ...owner, reference])).toMatchObject({ code: 0 });
        expect((await cosign(['verify', ...words, reference])).code === 0).toBe(visibility === 'public');
      }
    },
  );
});
