import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { HOUR_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { isFault } from '#lib/errors.ts';
import type { PulledExecutor } from '#lib/executors/get-package.ts';
import { isJinaVersion, rebuildCommit } from '#lib/executors/order-rebuild.ts';
import { type ExecutorRow, ownsExecutor, seesExecutor } from '#lib/executors/row.ts';
import { shared } from '#lib/shared.ts';
import type { TaskRow } from '#lib/tasks/find.ts';
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

/** Waits for the end. @returns null when `signal` was first. */
async function endOf(taskId: string, signal: AbortSignal): Promise<TaskRow | null> {
  for await (const news of followTask(taskId, { replay: false, signal }))
    if (news.kind === 'state' && news.task.endedAt !== null) return news.task;
  return null;
}

/** Its owner, with a credential that may push it. */
function mayBuild(caller: Caller, executor: ExecutorRow): boolean {
  const { scopes } = caller;
  const mayPush = scopes.length === 0 || scopes.includes('executor:write');
  return mayPush && ownsExecutor(caller, executor) && seesExecutor(caller, executor);
}

/**
 * Has an image built for the client's version of jina, where there is none yet, and waits for it (contract 7.6). Only for the
 * Executor's owner, whose queue and quota it takes; a build that fails leaves the images that there are.
 * @param signal ends the waiting; the build goes on, for whoever asks next.
 * @returns whether there is a new one.
 */
export async function rebuildFor(
  origin: Origin,
  pulled: PulledExecutor,
  jina: string | null,
  signal: AbortSignal,
): Promise<boolean> {
  const { executor, commit } = pulled;
  const { caller } = origin;
  if (env().IMAGES === 'off' || !caller || jina === null || !isJinaVersion(jina)) return false;
  if (!mayBuild(caller, executor) || commit.images.length === 0) return false;
  if (commit.images.some(({ jinaVersion }) => jinaVersion === jina)) return false;
  const key = `${commit.id} ${jina}`;
  if (Date.now() - (failures().get(key) ?? 0) < FAILED_FOR_MS) return false;
  try {
    const taskId = await rebuildCommit({ caller, origin, pulled, jina });
    const task = await endOf(taskId, signal);
    if (task?.failure?.kind === 'build-failed') noteFailure(key);
    return Boolean(task?.result);
  } catch (error) {
    if (!isFault(error)) throw error;
    if (error.kind === 'invalid') noteFailure(key);
    return false;
  }
}
