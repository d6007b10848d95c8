import { inBackground } from '#lib/background.ts';
import type { Clock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { isDue, noteDone } from '#lib/registry/daily.ts';
import { removeDoomedManifests } from '#lib/registry/doomed.ts';
import { forgetOldKeys } from '#lib/registry/keys.ts';
import { doomOrphans } from '#lib/registry/orphans.ts';
import { adoptWaitingKey } from '#lib/registry/rotate.ts';

/** The row of `setting` that says when it was looked for orphans last. */
const LOOKED = 'registry-looked-through';

/**
 * What the registry needs every minute, while images are on: deletes what no image's row has any more, looks once a day
 * for what never had one, and moves keys on.
 * @returns how many images it deleted from the registry.
 * @throws Fault `unavailable` when the registry does not answer.
 */
export async function keepRegistry(clock: Clock): Promise<number> {
  if (env().IMAGES === 'off') return 0;
  await adoptWaitingKey();
  await forgetOldKeys(clock.now());
  if (await isDue(LOOKED, clock)) {
    // First: what cannot be done today is tried tomorrow, not every minute. It takes long where there are many.
    await noteDone(LOOKED, clock);
    inBackground('looking for images without a row', doomOrphans);
  }
  return removeDoomedManifests(clock);
}
