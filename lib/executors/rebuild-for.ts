import type { Origin } from '#lib/audit/record.ts';
import { HOUR_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { isFault } from '#lib/errors.ts';
import type { PulledExecutor } from '#lib/executors/get-package.ts';
import { isJinaVersion, rebuildCommit } from '#lib/executors/order-rebuild.ts';
import { ownsExecutor } from '#lib/executors/row.ts';
import { shared } from '#lib/shared.ts';
import { followTask } from '#lib/tasks/follow.ts';

/** A build that failed is not tried again for so long, however often its client asks. */
const FAILED_FOR_MS = HOUR_MS;
const MAX_FAILURES = 1_000;

/** When builds of this process failed, by commit and version. */
const failures = () => shared('failed-rebuilds', () => new Map<string, number>());

function noteFailure(key: string): void {
  const noted = failures();
  const [oldest] = noted.keys();
  if (noted.size >= MAX_FAILURES && oldest !== undefined) noted.delete(oldest);
  noted.set(key, Date.now());
}

/** Waits for the end. @returns whether it was a good one. */
async function succeeds(taskId: string): Promise<boolean> {
  const { signal } = new AbortController();
  for await (const news of followTask(taskId, { replay: false, signal }))
    if (news.kind === 'state' && news.task.endedAt !== null) return news.task.result !== null;
  return false;
}

/**
 * Has an image built for the client's version of jina, where there is none yet, and waits for it (contract 7.6). Only for the
 * Executor's owner, whose queue and quota it takes; a build that fails leaves the images that there are.
 * @returns whether there is a new one.
 */
export async function rebuildFor(
  origin: Origin,
  pulled: PulledExecutor,
  jina: string | null,
): Promise<boolean> {
  const { executor, commit } = pulled;
  const { caller } = origin;
  if (env().IMAGES === 'off' || !caller || jina === null || !isJinaVersion(jina)) return false;
  if (!ownsExecutor(caller, executor) || commit.images.length === 0) return false;
  if (commit.images.some(({ jinaVersion }) => jinaVersion === jina)) return false;
  const key = `${commit.id} ${jina}`;
  if (Date.now() - (failures().get(key) ?? 0) < FAILED_FOR_MS) return false;
  try {
    const taskId = await rebuildCommit({ caller, origin, pulled, jina });
    if (await succeeds(taskId)) return true;
  } catch (error) {
    if (!isFault(error)) throw error;
  }
  noteFailure(key);
  return false;
}
