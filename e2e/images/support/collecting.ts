import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { expect } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import { removeDoomedManifests } from '#lib/registry/doomed.ts';
import { runAdmin } from '#lib/testing/admin.ts';
import { bustle } from './pushing.ts';
import { succeed } from './run.ts';
import type { Somebody, Station } from './station.ts';

/**
 * Deletes and collects again and again for so many seconds while images are pushed, deleted and pulled; afterwards every
 * image that has a row is pulled whole, with each layer's bytes compared with its digest.
 */
export async function collectUnderLoad(station: Station, owner: Somebody, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000;
  const isOver = () => Date.now() > until;
  let [collections, removed] = [0, 0];
  const collecting = async () => {
    while (!isOver()) {
      await removeDoomedManifests(systemClock);
      const said = await runAdmin(station.env, ['registry', 'gc']);
      removed += Number(/^(\d+) layers/.exec(said)?.[1]);
      collections += 1;
    }
  };
  const [result] = await Promise.all([bustle(station, owner, isOver), collecting()]);
  expect(result.failures).toEqual([]);
  expect(Math.min(result.pushes, result.deletions, result.pulls, collections, removed)).toBeGreaterThan(2);
  const images = await station.images();
  expect(images.length).toBeGreaterThan(4);
  for (const { repository, tag } of images) {
    const words = ['--insecure-policy', 'copy', '-q', '--src-tls-verify=false', '--src-creds'];
    const target = `oci:${path.join(station.folder, randomBytes(6).toString('hex'))}`;
    const source = `docker://${station.registry}/${repository}:${tag}`;
    await succeed(['skopeo', ...words, `${owner.name}:${owner.token}`, source, target]);
  }
}
