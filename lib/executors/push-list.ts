import { clientName } from '#lib/artifacts/client-name.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { pool } from '#lib/db/pool.ts';
import { findOwnExecutor } from '#lib/executors/find-own.ts';
import { STEP_OF_TASK } from '#lib/executors/last-push.ts';

/** A push of an Executor, as its page lists it. */
export interface ExecutorPush {
  id: string;
  state: 'waiting' | 'running' | 'succeeded' | 'failed';
  /** The step that runs, or in which it failed. */
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

/**
 * The newest pushes of an Executor of the caller's, the newest first.
 * @throws Fault `not-found`, or `not-allowed` for a public one of somebody else.
 */
export async function listPushes(caller: Caller, id: string): Promise<ExecutorPush[]> {
  const executor = await findOwnExecutor(caller, id);
  const { rows } = await pool().query<ExecutorPush & { userAgent: string | null }>({
    name: 'executor-pushes',
    text: `SELECT t.id, t.state, CASE WHEN t.state IN ('running', 'failed') THEN ${STEP_OF_TASK} END AS step,
        t.failure->>'message' AS failure, t.request_id AS "requestId", t.created_at AS "createdAt",
        t.ended_at AS "endedAt", (extract(epoch FROM t.ended_at - t.created_at) * 1000)::float8 AS "durationMs",
        c.number AS "commitNumber", c.client->>'user-agent' AS "userAgent"
      FROM task t LEFT JOIN executor_commit c ON c.id = t.result->'commit'->>'id'
      WHERE t.executor_id = $1 AND t.kind IN ('executor.push', 'executor.rebuild') ORDER BY t.created_at DESC LIMIT ${MAX_PUSHES}`,
    values: [executor.id],
  });
  return rows.map(({ userAgent, ...push }) => ({
    ...push,
    program: userAgent === null ? null : clientName(userAgent),
  }));
}
