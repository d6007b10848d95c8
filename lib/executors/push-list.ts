import { clientName } from '#lib/artifacts/client-name.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { pool } from '#lib/db/pool.ts';
import { findOwnExecutor } from '#lib/executors/find-own.ts';
import { STEP_OF_TASK } from '#lib/executors/last-push.ts';

/** A push of an Executor, as its page lists it. */
export interface ExecutorPush {
  id: string;
  /** It built the image of a commit that was there. */
  isRebuild: boolean;
  state: 'waiting' | 'running' | 'succeeded' | 'failed';
  /** The step that runs, or that failed; null for a push that was cancelled. */
  step: string | null;
  /** The sentence that says why it failed. */
  failure: string | null;
  requestId: string;
  createdAt: Date;
  endedAt: Date | null;
  /** From the call to the end. */
  durationMs: number | null;
  /** The number of the commit that it made, where it made one. */
  commitNumber: number | null;
  /** The program, as people call it. */
  program: string | null;
}

/** Older ones are not listed. */
const MAX_PUSHES = 50;

/** What is told of a push as a whole, such as that somebody cancelled it. */
const WHOLE = 'createExecutor';
const FAILED_IN = `(SELECT v.event->>'subject' FROM task_event v
  WHERE v.task_id = t.id AND v.event->>'type' = 'error' ORDER BY v.sn DESC LIMIT 1)`;

interface PushRow extends ExecutorPush {
  failedIn: string | null;
  userAgent: string | null;
}

/**
 * The newest pushes and rebuilds of an Executor of the caller's, the newest first.
 * @throws Fault `not-found`, or `not-allowed` for a public one of somebody else.
 */
export async function listPushes(caller: Caller, id: string): Promise<ExecutorPush[]> {
  const executor = await findOwnExecutor(caller, id);
  const { rows } = await pool().query<PushRow>({
    name: 'executor-pushes',
    text: `SELECT t.id, t.kind <> 'executor.push' AS "isRebuild", t.state, CASE WHEN t.state IN ('running', 'failed') THEN ${STEP_OF_TASK} END AS step,
        CASE WHEN t.state = 'failed' THEN ${FAILED_IN} END AS "failedIn", t.failure->>'message' AS failure, t.request_id AS "requestId", t.created_at AS "createdAt",
        t.ended_at AS "endedAt", (extract(epoch FROM t.ended_at - t.created_at) * 1000)::float8 AS "durationMs",
        c.number AS "commitNumber", c.client->>'user-agent' AS "userAgent"
      FROM task t LEFT JOIN executor_commit c ON c.id = t.result->>'commit'
      WHERE t.executor_id = $1 ORDER BY t.created_at DESC LIMIT ${MAX_PUSHES}`,
    values: [executor.id],
  });
  return rows.map(({ userAgent, failedIn, ...push }) => ({
    ...push,
    step: failedIn === WHOLE ? null : push.step,
    program: userAgent === null ? null : clientName(userAgent),
  }));
}
