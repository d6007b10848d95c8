import { expect, it } from 'vitest';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { newId } from '#lib/ids.ts';
import { cancelTask } from '#lib/tasks/cancel.ts';
import { claimTask, renewTask } from '#lib/tasks/claim.ts';
import { insertTask } from '#lib/tasks/create.ts';
import { endTask } from '#lib/tasks/end.ts';
import { TaskLog } from '#lib/tasks/events.ts';
import { followTask, type TaskNews } from '#lib/tasks/follow.ts';
import { tasksBefore } from '#lib/tasks/queue.ts';
import type { ClaimedTask } from '#lib/tasks/task.ts';
import { startWorking } from '#lib/tasks/work.ts';
import { makeUser, type TestUser } from '#lib/testing/domain.ts';

/** Nobody but these tests knows how to do it. */
const KIND = 'test.turns';

async function order(user: TestUser, name: string): Promise<string> {
  const id = newId();
  const { namespaceId, userId } = user.caller;
  await transaction((client) =>
    insertTask(client, {
      ...{ id, kind: KIND, namespaceId, userId, name, input: {}, requestId: 'a request' },
      ...{ executorId: null, sealed: null, blobId: null },
    }),
  );
  return id;
}

const done = (task: ClaimedTask) =>
  transaction((client) => endTask(client, task, { result: { isDone: true } }, []));

/** Claims and ends everything, and says what was begun in which order. */
async function workAll(names: Map<string, string>): Promise<string[]> {
  const order: string[] = [];
  for (let task = await claimTask(); task; task = await claimTask()) {
    order.push(names.get(task.id) ?? task.id);
    await done(task);
  }
  return order;
}

async function endOf(id: string): Promise<TaskNews[]> {
  const news: TaskNews[] = [];
  for await (const one of followTask(id, { replay: true, signal: new AbortController().signal }))
    news.push(one);
  return news;
}

it('gives namespaces their turns, whoever ordered more', async () => {
  const [alice, bob] = [await makeUser(), await makeUser()];
  const names = new Map<string, string>();
  for (const number of [1, 2, 3]) names.set(await order(alice, `a${number}`), `a${number}`);
  const last = await order(bob, 'b1');
  names.set(last, 'b1');
  expect(await tasksBefore(last)).toBe(1);
  const begun = await workAll(names);
  expect(begun.slice(0, 2).sort()).toEqual(['a1', 'b1']);
  expect(begun.slice(2)).toEqual(['a2', 'a3']);
});

it('begins no work of a name before what was ordered of it earlier is over', async () => {
  const user = await makeUser();
  const [first, second] = [await order(user, 'Same'), await order(user, 'Same')];
  const claimed = await claimTask(first);
  expect(claimed?.id).toBe(first);
  expect(await claimTask(second)).toBeNull();
  if (claimed) await done(claimed);
  const next = await claimTask(second);
  expect(next?.id).toBe(second);
  if (next) await done(next);
});

it('ends a task that waits when it is cancelled, and tells who follows it', async () => {
  const user = await makeUser();
  const id = await order(user, 'Waits');
  await cancelTask(user.caller, id, user.origin);
  expect(await claimTask(id)).toBeNull();
  const news = await endOf(id);
  expect(news.at(-1)).toMatchObject({ kind: 'state', task: { state: 'failed' } });
  expect(news.at(-2)).toMatchObject({
    event: { event: { type: 'error', message: expect.stringContaining('cancelled') } },
  });
  await expect(cancelTask(user.caller, id, user.origin)).rejects.toThrow('over already');
});

it('stops the worker of a task that is cancelled, whose end then counts for nothing', async () => {
  const user = await makeUser();
  const stopped = Promise.withResolvers<ClaimedTask>();
  const worker = startWorking({
    [KIND]: ({ task, signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped.resolve(task);
          reject(signal.reason);
        });
      }),
  });
  try {
    const id = await order(user, 'Runs');
    await expect
      .poll(async () => (await pool().query('SELECT state FROM task WHERE id = $1', [id])).rows[0].state, {
        timeout: 15_000,
      })
      .toBe('running');
    await cancelTask(user.caller, id, user.origin);
    const task = await stopped.promise;
    expect(await renewTask(task)).toBe(false);
    await expect(done(task)).rejects.toThrow('taken this push over');
    expect((await endOf(id)).at(-1)).toMatchObject({
      task: { failure: { message: expect.stringContaining('cancelled') } },
    });
  } finally {
    await worker.stop();
  }
});

it('is of nobody else to cancel', async () => {
  const [user, other] = [await makeUser(), await makeUser()];
  const id = await order(user, 'Mine');
  await expect(cancelTask(other.caller, id, other.origin)).rejects.toThrow('no task of this id');
  const claimed = await claimTask(id);
  if (claimed) await done(claimed);
});

it('keeps no more of a log that is too loud, however short its lines are, and says so', async () => {
  const user = await makeUser();
  const task = await claimTask(await order(user, 'Loud'));
  if (!task) throw new Error('nothing was claimed');
  const told = await TaskLog.open(task, ['a secret\nof two long lines']);
  told.tell({ type: 'console', subject: 'buildWorkspace', payload: 'here: of two long lines' });
  for (let line = 0; line < 60_000; line++)
    told.tell({ type: 'progress', subject: 'buildWorkspace', legacyMessage: { status: 'STEP 1: x' } });
  await told.flush();
  const { rows } = await pool().query(
    `SELECT count(*)::int AS kept, max(event->>'message') AS said, min(event->>'payload') AS first
     FROM task_event WHERE task_id = $1`,
    [task.id],
  );
  expect(rows[0]).toMatchObject({ said: expect.stringContaining('too long'), first: 'here: ***' });
  expect(rows[0].kept).toBeLessThan(45_000);
  await done(task);
});
