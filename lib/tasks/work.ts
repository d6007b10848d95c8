import { SECOND_MS } from '#lib/clock.ts';
import { isDatabaseAway } from '#lib/db/is-away.ts';
import { transaction } from '#lib/db/transaction.ts';
import { isFault } from '#lib/errors.ts';
import { log } from '#lib/log.ts';
import { noticeBoard } from '#lib/notices/board.ts';
import { stopTopic, WORK } from '#lib/notices/outbox.ts';
import { claimTask, giveBackTask, renewTask } from '#lib/tasks/claim.ts';
import { announceEnd, endTask } from '#lib/tasks/end.ts';
import { TaskLog } from '#lib/tasks/events.ts';
import { unseal } from '#lib/tasks/seal.ts';
import { type ClaimedTask, MAX_ATTEMPTS, type TaskFailure } from '#lib/tasks/task.ts';

const RENEW_EVERY_MS = 5 * SECOND_MS;
/** Without a notice a worker looks so often: for tasks whose worker has died. */
const LOOK_EVERY_MS = 10 * SECOND_MS;
/** A stop waits so long for the work under way. */
const STOP_MS = 25 * SECOND_MS;
/** Tasks that one process works on where nothing is built: they wait for the disk and for the other processor. */
const TASKS_AT_ONCE = 2;

/** What a task's work gets. It ends the task itself, in its transaction; what it throws ends it as failed. */
export interface Work {
  task: ClaimedTask;
  /** What was sealed with it, or null. */
  secrets: unknown;
  log: TaskLog;
  /** Aborted when the task is not this worker's any more, or the process stops. */
  signal: AbortSignal;
}

/** Does the work of tasks of one kind. */
export type Worker = (work: Work) => Promise<void>;

const UNEXPECTED = 'The server made a mistake. Push again; if it stays, tell its administrator.';
const KILLED = `The server or its database stopped ${MAX_ATTEMPTS} times while it worked on this. Push again; if it stays, tell its administrator.`;

function failureOf(error: unknown): TaskFailure {
  if (!isFault(error)) return { kind: 'unexpected', message: UNEXPECTED };
  const { kind, message, normalizerCode } = error;
  return { kind, message, normalizerCode };
}

async function fail(task: ClaimedTask, told: TaskLog, subject: string, failure: TaskFailure): Promise<void> {
  const last = told.number({ type: 'error', subject, message: failure.message });
  // As it is told: without secrets, and so that the database can keep it.
  const { message = failure.message } = last.event;
  await transaction((client) => endTask(client, task, { failure: { ...failure, message } }, [last]));
}

/** Nothing can be written now: the lease ends by itself, and then it is somebody's turn. */
function leave(task: ClaimedTask, error: unknown): void {
  log().warn({ err: String(error), task: task.id }, 'a task waits for the database');
}

/** Every text in what was sealed: none of them is told. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

async function perform(task: ClaimedTask, worker: Worker | undefined, stop: AbortSignal): Promise<void> {
  const gone = new AbortController();
  const signal = AbortSignal.any([gone.signal, stop]);
  const renew = () => {
    renewTask(task).then(
      (isOurs) => isOurs || gone.abort(),
      (error) => log().warn({ err: String(error), task: task.id }, 'could not renew the lease of a task'),
    );
  };
  const renewal = setInterval(renew, RENEW_EVERY_MS);
  const unsubscribe = noticeBoard().subscribe(stopTopic(task.id), renew);
  let told: TaskLog | undefined;
  try {
    const secrets = task.sealed && unseal(task.sealed);
    told = await TaskLog.open(task, textsIn(secrets));
    if (task.attempts > MAX_ATTEMPTS)
      return await fail(task, told, 'createExecutor', { kind: 'unavailable', message: KILLED });
    if (!worker) throw new Error(`nobody knows how to do ${task.kind}`);
    await worker({ task, secrets, log: told, signal });
  } catch (error) {
    if (stop.aborted) return await giveBackTask(task);
    if (gone.signal.aborted) return;
    if (!isFault(error) && isDatabaseAway(error)) return leave(task, error);
    if (!isFault(error))
      log().error({ err: error, task: task.id, requestId: task.requestId }, 'a task failed');
    told ??= await TaskLog.open(task, []);
    await told.flush();
    await fail(task, told, told.subject, failureOf(error));
  } finally {
    clearInterval(renewal);
    unsubscribe();
    await announceEnd(task);
  }
}

/** Does the work of one task here and now, unless somebody else has begun it. */
export async function workOn(taskId: string, worker: Worker): Promise<void> {
  const task = await claimTask(taskId);
  if (task) await perform(task, worker, new AbortController().signal);
}

/** The tasks of one process: as soon as one is announced, and those that others left behind. */
class TaskLoop {
  readonly #workers: Record<string, Worker>;
  readonly #atOnce: number;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #isEnding = false;
  #isClaiming = false;
  /** Something was announced since the last claim began. */
  #isWanted = false;

  constructor(workers: Record<string, Worker>, atOnce: number) {
    this.#workers = workers;
    this.#atOnce = atOnce;
  }

  look = (): void => {
    this.#isWanted = true;
    if (this.#isClaiming || this.#isEnding) return;
    this.#isClaiming = true;
    this.#claimAll()
      .catch((error) => log().warn({ err: String(error) }, 'cannot look for tasks'))
      .finally(() => {
        this.#isClaiming = false;
      });
  };

  async #claimAll(): Promise<void> {
    while (this.#isWanted && !this.#isEnding && this.#underWay.size < this.#atOnce) {
      this.#isWanted = false;
      const task = await claimTask();
      if (!task) continue;
      this.#isWanted = true;
      this.#begin(task);
    }
  }

  #begin(task: ClaimedTask): void {
    const work = perform(task, this.#workers[task.kind], this.#stop.signal)
      .catch((error) => log().warn({ err: String(error), task: task.id }, 'a task could not be ended'))
      .finally(() => {
        this.#underWay.delete(work);
        this.look();
      });
    this.#underWay.add(work);
  }

  async stop(): Promise<void> {
    this.#isEnding = true;
    const late = setTimeout(() => this.#stop.abort(), STOP_MS);
    await Promise.all(this.#underWay);
    clearTimeout(late);
  }
}

/**
 * Works on tasks until it is stopped, which lets the work under way end, or gives it back.
 * @param workers what to do for each kind.
 * @param atOnce how many tasks.
 */
export function startWorking(
  workers: Record<string, Worker>,
  atOnce = TASKS_AT_ONCE,
): { stop(): Promise<void> } {
  const loop = new TaskLoop(workers, atOnce);
  const unsubscribe = noticeBoard().subscribe(WORK, loop.look);
  const timer = setInterval(loop.look, LOOK_EVERY_MS);
  loop.look();
  return {
    async stop() {
      clearInterval(timer);
      unsubscribe();
      await loop.stop();
    },
  };
}
