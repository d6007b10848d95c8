import { readManifest } from '#lib/registry/client.ts';
import { withRegistryWritable } from '#lib/registry/lock.ts';
import { pushImage } from './image.ts';
import type { Somebody, Station, StoredImage } from './station.ts';

/** Pushes a commit's image as the worker does: under the locks, the row last. */
export async function pushAsWorker(station: Station, { id, commitId, repository }: StoredImage, tag: string) {
  const { registry, folder } = station;
  return withRegistryWritable(repository, async ({ confirm }) => {
    const digest = await pushImage({ registry, folder, executorId: id, tag, layers: 3, bytes: 200_000 });
    await confirm();
    await station.addImageRow(id, commitId, tag, digest);
    return digest;
  });
}

/** What went on while `work` ran: pushes, deletions and pulls, over and over. */
export interface Bustle {
  pushes: number;
  deletions: number;
  pulls: number;
  /** What failed of these, in words. */
  failures: string[];
}

/** Pushes, deletes and pulls images of some Executors at once, until `isOver`. */
export async function bustle(station: Station, owner: Somebody, isOver: () => boolean): Promise<Bustle> {
  const result: Bustle = { pushes: 0, deletions: 0, pulls: 0, failures: [] };
  const lane = async (index: number) => {
    const image = await station.addImage(owner, `Busy${index}`, { visibility: 'public' });
    for (let round = 0; !isOver(); round++) {
      await pushAsWorker(station, image, `round-${round}`);
      result.pushes += 1;
      if (round >= 2) {
        await station.deleteImage(image, `round-${round - 2}`);
        result.deletions += 1;
      }
    }
  };
  const puller = async () => {
    while (!isOver()) {
      for (const { repository, tag } of await station.images()) {
        const outcome = await readManifest(repository, tag).catch(async (error) => {
          // Between our look at the rows and now it may have been deleted in good order.
          const isThere = (await station.images()).some(
            (one) => one.repository === repository && one.tag === tag,
          );
          if (isThere) result.failures.push(`${repository}:${tag}: ${error}`);
          return null;
        });
        if (outcome) result.pulls += 1;
      }
    }
  };
  await Promise.all([lane(0), lane(1), puller()]);
  return result;
}
