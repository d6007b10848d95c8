import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import { readManifest } from '#lib/registry/client.ts';
import { removeDoomedManifests } from '#lib/registry/doomed.ts';
import { repositoryToken } from '#lib/registry/token.ts';
import { runAdmin } from '#lib/testing/admin.ts';
import { pushAsWorker } from '../images/support/pushing.ts';
import { succeed } from '../images/support/run.ts';
import { Station, type StoredImage } from '../images/support/station.ts';
import { contentsOf, makeBucket } from './support/bucket.ts';

const bucket = await makeBucket();
// What other programs of a machine may need stops the registry from starting on S3.
const trap = { AWS_CA_BUNDLE: '/etc/ssl/certs/ca-certificates.crt', ROLE: 'web' };
const station = await Station.start({ ...bucket.env, ...trap });
afterAll(() => station.stop());

/** The status of a layer's GET, redirects not followed. */
async function layerStatus({ repository, digest }: StoredImage): Promise<number> {
  const { layers } = await readManifest(repository, digest);
  const token = await repositoryToken({ repository, actions: ['pull'], seconds: 60 });
  const url = `http://${station.registry}/v2/${repository}/blobs/${layers[0]?.digest}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });
  await response.body?.cancel();
  return response.status;
}

it('layers are kept beside the blobs, pulled by clients that do and do not reach the store, and collected', async () => {
  const alice = await station.addPerson('alice');
  const image = await station.addImage(alice, 'OnS3', { visibility: 'public', bytes: 6_000_000 });
  expect(await layerStatus(image)).toBe(307);
  const pull = async () => {
    const target = `dir:${path.join(station.folder, randomBytes(6).toString('hex'))}`;
    const words = ['--insecure-policy', 'copy', '-q', '--src-tls-verify=false', '--src-no-creds'];
    await succeed(['skopeo', ...words, `docker://${image.reference}`, target]);
  };
  await pull();
  await pushAsWorker(station, image, 'second');
  await station.deleteImage(image, 'second');
  expect(await removeDoomedManifests(systemClock)).toBe(1);
  expect(await runAdmin(station.env, ['registry', 'gc'])).toBe('5 layers and other blobs removed.');
  // The package, which was never there but as a row; the registry's objects are no blobs of ours.
  await expect(runAdmin(station.env, ['verify'])).rejects.toThrow('1 blobs checked, 1 wrong.');
  const { objects } = await contentsOf(bucket);
  expect(objects.filter((key) => !key.startsWith('registry/'))).toEqual([]);

  station.env.S3_PUBLIC_ENDPOINT = 'none';
  await station.restart();
  expect(await layerStatus(image)).toBe(200);
  await pull();
});
