import { setTimeout as delay } from 'node:timers/promises';
import { SECOND_MS, systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { isFault } from '#lib/errors.ts';
import type { BuildLimits, BuiltImage, ImageBuilder } from '#lib/images/builder.ts';
import { removeContext, sweepContexts, unpackContext } from '#lib/images/context.ts';
import type { ImageMaker, ImagePlan, ImageWork, NewImage } from '#lib/images/image.ts';
import { platformAmong } from '#lib/images/platform.ts';
import { log } from '#lib/log.ts';
import { readManifest } from '#lib/registry/client.ts';
import { doomManifests } from '#lib/registry/doomed.ts';
import { type HeldRegistry, withRegistryWritable } from '#lib/registry/lock.ts';
import { imageReference, repositoryOf } from '#lib/registry/reference.ts';
import { repositoryToken } from '#lib/registry/token.ts';
import type { TaskLog } from '#lib/tasks/events.ts';

/** A registry that was restarted, or collects its layers, is back after so many tries. */
const PUSH_TRIES = 6;
const FIRST_PAUSE_MS = SECOND_MS;
/** Of the token of one push: a large image takes its time. */
const PUSH_TOKEN_SECONDS = 3_600;
/** What builders say when a step begins. */
const STEP = /^(\[\d+\/\d+\] )?STEP \d+(\/\d+)?: /i;

/** What a build may use at most, by the settings. */
function buildLimits(): BuildLimits {
  const { BUILD_MEMORY_BYTES, BUILD_CPUS, BUILD_PROCESSES, BUILD_DISK_BYTES, BUILD_SECONDS } = env();
  return {
    memoryBytes: BUILD_MEMORY_BYTES,
    cpus: BUILD_CPUS,
    processes: BUILD_PROCESSES,
    diskBytes: BUILD_DISK_BYTES,
    seconds: BUILD_SECONDS,
  };
}

/** Tells a builder's lines; where a step begins, the clients' status lines say so too (contract 7.2). */
function teller(log: TaskLog, subject: string) {
  return (payload: string, source: 'stdout' | 'stderr') => {
    log.tell({ type: 'console', subject, payload, source });
    if (STEP.test(payload)) log.tell({ type: 'progress', subject, legacyMessage: { status: payload } });
  };
}

async function build(
  builder: ImageBuilder,
  plan: ImagePlan,
  { log, signal }: ImageWork,
): Promise<{ built: BuiltImage; cleared: Promise<void> }> {
  log.tell({ type: 'start', subject: 'buildWorkspace' });
  const contextDir = await unpackContext(plan.pkg, plan.changes, signal);
  try {
    const { dockerfile, buildArgs, buildEnv, labels, noCache } = plan;
    const platform = platformAmong(plan.platforms);
    for (const left of plan.platforms.filter((wanted) => wanted !== platform))
      log.tell({
        type: 'warning',
        subject: 'buildWorkspace',
        message: `The image is for ${platform} alone, not for ${left}.`,
      });
    const built = await builder.build({
      ...{ contextDir, dockerfile, buildArgs, labels, noCache, platform, signal },
      tag: imageReference(plan.executorId, plan.tag),
      secrets: buildEnv,
      network: env().BUILD_NETWORK,
      limits: buildLimits(),
      onLog: teller(log, 'buildWorkspace'),
    });
    log.tell({ type: 'done', subject: 'buildWorkspace' });
    // Whoever waits for the image does not wait for this.
    return { built, cleared: removeContext(contextDir) };
  } catch (error) {
    await removeContext(contextDir);
    throw error;
  }
}

/** Pushes, again and again while the registry is away: nothing of the user's failed. */
async function push(built: BuiltImage, repository: string, { log, signal }: ImageWork): Promise<string> {
  const onLog = teller(log, 'pushImage');
  for (let tries = 1, pauseMs = FIRST_PAUSE_MS; ; tries++, pauseMs *= 2) {
    const token = await repositoryToken({
      repository,
      actions: ['pull', 'push'],
      seconds: PUSH_TOKEN_SECONDS,
    });
    try {
      return await built.push({ token, onLog, signal });
    } catch (error) {
      if (tries === PUSH_TRIES || !isFault(error) || error.kind !== 'unavailable') throw error;
      onLog(`The registry does not take the image; trying again in ${pauseMs / SECOND_MS} s.`, 'stderr');
      await delay(pauseMs, undefined, { signal });
    }
  }
}

interface Pushed {
  plan: ImagePlan;
  built: BuiltImage;
  buildMs: number;
}

async function pushed(
  { plan, built, buildMs }: Pushed,
  work: ImageWork,
  registry: HeldRegistry,
): Promise<NewImage> {
  const repository = repositoryOf(plan.executorId);
  work.log.tell({ type: 'start', subject: 'pushImage' });
  const digest = await push(built, repository, { ...work, signal: registry.signal });
  const { layers } = await readManifest(repository, digest);
  work.log.tell({ type: 'done', subject: 'pushImage' });
  await registry.confirm();
  const { tag, jinaVersion } = plan;
  return { tag, digest, platform: built.platform, jinaVersion, layers, bom: await built.bom(), buildMs };
}

/** No row has an image whose commit failed, be it that it does not fit into the quota: it leaves the registry again. */
async function forget(plan: ImagePlan, { digest }: NewImage, error: unknown): Promise<never> {
  const manifest = { repository: repositoryOf(plan.executorId), digest };
  await doomManifests(pool(), [manifest]).catch((cause) =>
    log().warn({ err: String(cause), ...manifest }, 'an image stays in the registry until it is found'),
  );
  throw error;
}

/** What stays is found by the next build, and says nothing about this one. */
async function sweep(builder: ImageBuilder): Promise<void> {
  try {
    await builder.sweep();
    await sweepContexts(systemClock);
  } catch (error) {
    log().warn({ err: String(error) }, 'what a build left could not be removed');
  }
}

/** Makes images by a builder and puts them into the registry of this server. */
export function imageMaker(builder: ImageBuilder): ImageMaker {
  return async (plan, work, commit) => {
    const startedMs = performance.now();
    const { built, cleared } = await build(builder, plan, work).catch(async (error) => {
      await sweep(builder);
      throw error;
    });
    const buildMs = Math.round(performance.now() - startedMs);
    try {
      return await withRegistryWritable(
        repositoryOf(plan.executorId),
        async (registry) => {
          const image = await pushed({ plan, built, buildMs }, work, registry);
          return commit(image).catch((error) => forget(plan, image, error));
        },
        work.signal,
      );
    } finally {
      await built.remove();
      await cleared;
      await sweep(builder);
    }
  };
}
