import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Clock, MINUTE_MS, SECOND_MS, systemClock } from '#lib/clock.ts';
import { log } from '#lib/log.ts';
import { Refusal } from '#lib/refusal.ts';
import { isDue, noteDone } from '#lib/registry/daily.ts';
import { withRegistryStill } from '#lib/registry/lock.ts';
import { registryFiles } from '#lib/registry/place.ts';
import { registryEnvironment, registryUser } from '#lib/registry/process.ts';
import { requireProgram } from '#lib/registry/program.ts';

/** The row of `setting` that says when it was done last. */
const DONE = 'registry-collected';
/** How long pushes that are under way are waited for, while new ones wait behind. */
const PATIENCE_MS = 15 * SECOND_MS;
/** How often we look whether it is time. */
const LOOK_MS = 10 * MINUTE_MS;
const OUTPUT_BYTES = 1024 * 1024 * 1024;

const run = promisify(execFile);

/** Runs the registry's own collection; @returns how many blobs it deleted. */
async function collect(): Promise<number> {
  const user = registryUser();
  const { config, folder } = registryFiles();
  const options = {
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
    cwd: folder,
    env: registryEnvironment(),
    maxBuffer: OUTPUT_BYTES,
  };
  try {
    const { stdout } = await run(requireProgram(), ['garbage-collect', config], options);
    return stdout.match(/^blob eligible for deletion: /gm)?.length ?? 0;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    // Nothing was ever pushed.
    if (/Path not found: \S*repositories/.test(stderr)) return 0;
    throw new Error(`the registry’s collection failed: ${stderr.trim().split('\n').at(-1) || error}`);
  }
}

/**
 * Deletes the layers that no manifest of our own registry has. No push goes on meanwhile, on no machine, and none that
 * went on can write its row afterwards (lib/registry/lock.ts); pulls go on. Manifests without a tag stay, and so do their
 * layers: what is to go is deleted by its digest.
 * @returns how many were deleted; null when pushes took too long to wait for.
 * @throws Refusal where this machine has no registry of its own.
 */
export async function collectLayers(clock: Clock): Promise<number | null> {
  if (!existsSync(registryFiles().config))
    throw new Refusal('This data folder has no registry; collect where the registry runs.');
  const removed = await withRegistryStill(PATIENCE_MS, collect);
  if (removed !== null) await noteDone(DONE, clock);
  return removed;
}

async function collectWhenDue(): Promise<void> {
  try {
    if (!(await isDue(DONE, systemClock))) return;
    const removed = await collectLayers(systemClock);
    if (removed !== null) log().info({ removed }, 'collected the registry’s layers');
  } catch (error) {
    log().warn({ err: String(error) }, 'the registry’s layers could not be collected');
  }
}

/** Collects once a day, for as long as this process runs the registry; `stop` waits for what is under way. */
export function startCollecting(): { stop(): Promise<void> } {
  let underWay: Promise<void> | null = null;
  const timer = setInterval(() => {
    underWay ??= collectWhenDue().finally(() => {
      underWay = null;
    });
  }, LOOK_MS);
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
