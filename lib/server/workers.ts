import { systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { pushWorker } from '#lib/executors/perform-push.ts';
import { PUSH_TASK } from '#lib/executors/push-order.ts';
import { chooseBuilder } from '#lib/images/builders/choose.ts';
import { sweepContexts } from '#lib/images/context.ts';
import { noImages } from '#lib/images/image.ts';
import { imageMaker } from '#lib/images/make-image.ts';
import { startWorking } from '#lib/tasks/work.ts';

/**
 * Works on tasks in this process until it is stopped; where it builds images, after removing what a process that died left of
 * its builds.
 * @throws Refusal when the builder of the settings cannot be used here.
 */
export async function startWorkers(): Promise<{ stop(): Promise<void> }> {
  const { IMAGES, BUILDS_AT_ONCE } = env();
  if (IMAGES === 'off') return startWorking({ [PUSH_TASK]: pushWorker(noImages) });
  const builder = chooseBuilder();
  await builder.sweep();
  await sweepContexts(systemClock);
  return startWorking({ [PUSH_TASK]: pushWorker(imageMaker(builder)) }, BUILDS_AT_ONCE);
}
