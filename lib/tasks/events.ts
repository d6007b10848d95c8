import type pg from 'pg';
import { SECOND_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { log } from '#lib/log.ts';
import { announceChange, announceTask } from '#lib/notices/outbox.ts';
import type { ClaimedTask, TaskEvent, TaskEventBody } from '#lib/tasks/task.ts';

/** Events of so long go to the database together. */
const GATHER_MS = SECOND_MS / 10;
/** All that is kept of one attempt's console, in characters; the rest is dropped, and said to be. */
const MAX_CONSOLE_LENGTH = 4 * 1024 * 1024;
const MAX_LINE_LENGTH = 8_000;
/** What a line takes beside its characters: millions of empty ones are too much as well. */
const LINE_COST = 100;
const MASK = '***';
/** What is shorter is no secret, and masking it would take `1` out of every sentence. */
const MIN_SECRET_LENGTH = 4;
/** The same of one line of several. */
const MIN_LINE_LENGTH = 8;

/** Writes events of a task that is still this worker's; the connection may be inside the transaction that ends it. */
export async function insertEvents(
  client: Pick<pg.ClientBase, 'query'>,
  { id, attempts }: Pick<ClaimedTask, 'id' | 'attempts'>,
  events: TaskEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await client.query(
    `INSERT INTO task_event (task_id, sn, dt_ms, event)
     SELECT task.id, told.* FROM task, unnest($3::int[], $4::int[], $5::jsonb[]) AS told
     WHERE task.id = $1 AND task.attempts = $2`,
    [
      id,
      attempts,
      events.map(({ sn }) => sn),
      events.map(({ dtMs }) => dtMs),
      events.map(({ event }) => JSON.stringify(event)),
    ],
  );
}

/** Postgres holds no NUL, and a line stays a line. */
function keepable(text: string): string {
  return text.slice(0, MAX_LINE_LENGTH).toWellFormed().replaceAll('\0', '\ufffd');
}

/**
 * What a worker tells of its task. Events are numbered here and written a moment later, together; the last one is for
 * `endTask`. Secrets of the task never get in.
 */
export class TaskLog {
  readonly #task: ClaimedTask;
  readonly #secrets: string[];
  /** What is being done: where a failure belongs. */
  subject = 'createExecutor';
  #sn: number;
  #waiting: TaskEvent[] = [];
  #consoleLength = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(task: ClaimedTask, secrets: string[], sn: number) {
    this.#task = task;
    // Longer ones first: one may be part of another.
    this.#secrets = secrets
      // A key of several lines is told line by line.
      .flatMap((secret) => [secret, ...secret.split('\n').filter(({ length }) => length >= MIN_LINE_LENGTH)])
      .filter(({ length }) => length >= MIN_SECRET_LENGTH)
      .sort((a, b) => b.length - a.length);
    this.#sn = sn;
  }

  /** Goes on behind what an earlier attempt told. */
  static async open(task: ClaimedTask, secrets: string[]): Promise<TaskLog> {
    const { rows } = await pool().query<{ sn: number | null }>(
      'SELECT max(sn) AS sn FROM task_event WHERE task_id = $1',
      [task.id],
    );
    return new TaskLog(task, secrets, rows[0]?.sn ?? 0);
  }

  #clean(text: string): string {
    return keepable(this.#secrets.reduce((line, secret) => line.replaceAll(secret, MASK), text));
  }

  /** Numbers an event without writing it: for `endTask`, after `flush`. */
  number(body: TaskEventBody): TaskEvent {
    const event = { ...body };
    if (event.message !== undefined) event.message = this.#clean(event.message);
    if (typeof event.payload === 'string') event.payload = this.#clean(event.payload);
    if (event.legacyMessage) event.legacyMessage = { status: this.#clean(event.legacyMessage.status) };
    this.#sn += 1;
    return { sn: this.#sn, dtMs: Math.max(0, Date.now() - this.#task.createdAt.getTime()), event };
  }

  /** Whether the console's line is kept; the first one that is not is replaced by a warning. */
  #hasRoom({ subject, payload }: TaskEventBody): boolean {
    const wasFull = this.#consoleLength > MAX_CONSOLE_LENGTH;
    this.#consoleLength += String(payload ?? '').length + LINE_COST;
    if (this.#consoleLength <= MAX_CONSOLE_LENGTH) return true;
    if (!wasFull)
      this.tell({ type: 'warning', subject, message: 'The rest of this log is too long to be kept.' });
    return false;
  }

  /** Tells something; it is written within a tenth of a second. */
  tell(body: TaskEventBody): void {
    if (body.type === 'start') this.subject = body.subject;
    if ((body.type === 'console' || body.type === 'progress') && !this.#hasRoom(body)) return;
    this.#waiting.push(this.number(body));
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** Writes what waits. What cannot be written is lost: the end of the task is what counts. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length > 0)
      this.#writing = this.#writing.then(async () => {
        try {
          await insertEvents(pool(), this.#task, events);
          announceTask(this.#task.id);
          // Lists say at which step it is.
          if (events.some(({ event }) => event.type === 'start'))
            announceChange(this.#task.namespaceId, [this.#task.id]);
        } catch (error) {
          log().warn({ err: String(error), task: this.#task.id }, 'events of a task could not be written');
        }
      });
    return this.#writing;
  }
}
