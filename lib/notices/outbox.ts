import { pool } from '#lib/db/pool.ts';
import { log } from '#lib/log.ts';
import { shared } from '#lib/shared.ts';

/** The channel of Postgres on which every process listens that has pages open. */
export const CHANNEL = 'groundstation_changes';
/** The topic on which workers hear that there is something to do. */
export const WORK = 'work';
/** Changes of so long go out together: a thousand deletions are a handful of notices. */
const GATHER_MS = 100;
/** Postgres takes less than 8,000 bytes; more ids than fit mean "look at everything". */
const MAX_IDS_BYTES = 7_000;

/** What changed; ids only: who is told asks for what they may see. */
export interface Change {
  /** A namespace's id, a task's id, `WORK`, or a `stopTopic`. */
  topic: string;
  /** Of artifacts; null: any. */
  artifactIds: string[] | null;
  /** Whether there is news of pushes that are arriving. */
  arrivals: boolean;
}

interface Waiting {
  ids: Set<string>;
  arrivals: boolean;
}

interface Outbox {
  pending: Map<string, Waiting>;
  timer: NodeJS.Timeout | undefined;
}

const outbox = () => shared<Outbox>('notices-outbox', () => ({ pending: new Map(), timer: undefined }));

function toChange([topic, { ids, arrivals }]: [string, Waiting]): Change {
  const isTooLong = Buffer.byteLength(JSON.stringify([...ids])) > MAX_IDS_BYTES;
  return { topic, artifactIds: isTooLong ? null : [...ids], arrivals };
}

/**
 * Sends what waits. A notice that cannot be sent is dropped: pages are up to date again when they are next looked at.
 * Call it once more before the process ends.
 */
export async function flushChanges(): Promise<void> {
  const box = outbox();
  clearTimeout(box.timer);
  box.timer = undefined;
  const changes = [...box.pending].map(toChange);
  box.pending.clear();
  if (changes.length === 0) return;
  try {
    // In a statement of its own: NOTIFY in a push's transaction would make all pushes commit one at a time.
    await pool().query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [
      CHANNEL,
      changes.map((change) => JSON.stringify(change)),
    ]);
  } catch (error) {
    log().warn({ err: String(error) }, 'pages could not be told of a change');
  }
}

function waitingFor(topic: string): Waiting {
  const box = outbox();
  const waiting = box.pending.get(topic) ?? { ids: new Set(), arrivals: false };
  box.pending.set(topic, waiting);
  box.timer ??= setTimeout(() => void flushChanges(), GATHER_MS).unref();
  return waiting;
}

/** Tells the pages of a namespace's owner, on every replica, that artifacts have changed. Call it after the commit. */
export function announceChange(namespaceId: string, artifactIds: string[]): void {
  const { ids } = waitingFor(namespaceId);
  for (const id of artifactIds) ids.add(id);
}

/** Tells them that a push is further than it was, or over. */
export function announceArrival(namespaceId: string): void {
  waitingFor(namespaceId).arrivals = true;
}

/** Tells who follows a task that there is more of it, on every replica. Call it after the commit. */
export function announceTask(taskId: string): void {
  waitingFor(taskId);
}

/** The topic on which the worker of a task hears that it may be no longer its own. */
export function stopTopic(taskId: string): string {
  return `stop ${taskId}`;
}

/** Tells the worker of a task to find out whether it still has it. Call it after the commit. */
export function announceStop(taskId: string): void {
  waitingFor(stopTopic(taskId));
}

/** Tells the workers that there is a new task. Call it after the commit; it does not wait for others. */
export async function announceWork(): Promise<void> {
  waitingFor(WORK);
  await flushChanges();
}
