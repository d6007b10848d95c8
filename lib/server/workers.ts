import { systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { REBUILD_TASK } from '#lib/executors/order-rebuild.ts';
import { pushWorker } from '#lib/executors/perform-push.ts';
import { rebuildWorker } from '#lib/executors/perform-rebuild.ts';
import { PUSH_TASK } from '#lib/executors/push-order.ts';
import type { ImageBuilder } from '#lib/images/builder.ts';
import { chooseBuilder } from '#lib/images/builders/choose.ts';
import { remoteBuilder } from '#lib/images/builders-remote/remote.ts';
import { sweepContexts } from '#lib/images/context.ts';
import { type ImageMaker, noImages } from '#lib/images/image.ts';
import { imageMaker } from '#lib/images/make-image.ts';
import { Refusal } from '#lib/refusal.ts';
import { startWorking, type Worker } from '#lib/tasks/work.ts';

/** On this machine, or elsewhere. @throws Refusal for one that cannot be used. */
function builderOf(): ImageBuilder {
  const { BUILDER: url, BUILDER_TOKEN: token } = env();
  if (url === 'buildah' || url === 'docker') return chooseBuilder();
  if (token) return remoteBuilder({ url, token });
  throw new Refusal(
    'BUILDER_TOKEN is missing; it is required when BUILDER is a URL, the same as on the builder.',
  );
}

function workersFor(makeImage: ImageMaker): Record<string, Worker> {
  return { [PUSH_TASK]: pushWorker(makeImage), [REBUILD_TASK]: rebuildWorker(makeImage) };
}

/**
 * Works on tasks in this process until it is stopped; where it builds images, after removing what a process that died left of
 * its builds.
 * @throws Refusal when the builder of the settings cannot be used here.
 */
export async function startWorkers(): Promise<{ stop(): Promise<void> }> {
  const { IMAGES, BUILDS_AT_ONCE } = env();
  if (IMAGES === 'off') return startWorking(workersFor(noImages));
  const builder = builderOf();
  await builder.sweep();
  await sweepContexts(systemClock);
  return startWorking(workersFor(imageMaker(builder)), BUILDS_AT_ONCE);
}
