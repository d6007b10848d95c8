import { pool } from '#lib/db/pool.ts';

/** The newest push of an Executor. */
export interface LastPush {
  id: string;
  state: 'waiting' | 'running' | 'succeeded' | 'failed';
  /** The step that runs, or in which it failed; null before the first one. */
  step: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** The step of task `t` that began last: the one that runs, or that failed. */
export const STEP_OF_TASK = `(SELECT v.event->>'subject' FROM task_event v
  WHERE v.task_id = t.id AND v.event->>'type' = 'start' ORDER BY v.sn DESC LIMIT 1)`;

/** The newest push of Executor `e` as JSON; its step only while it matters. */
export const LAST_PUSH = `
  (SELECT jsonb_build_object('id', t.id, 'state', t.state, 'createdAt', t.created_at, 'startedAt', t.started_at,
      'endedAt', t.ended_at, 'step', CASE WHEN t.state IN ('running', 'failed') THEN ${STEP_OF_TASK} END)
    FROM task t WHERE t.executor_id = e.id AND t.kind = 'executor.push' ORDER BY t.created_at DESC LIMIT 1)`;

/** A push whose Executor is not there yet. */
export interface FirstPush {
  id: string;
  /** Null while it is not known. */
  name: string | null;
  state: 'waiting' | 'running' | 'failed';
  step: string | null;
  createdAt: Date;
  /** Why it failed, in a sentence. */
  failure: string | null;
}

/** More of them are not shown. */
const MAX_FIRST_PUSHES = 20;

/**
 * Pushes of Executors that are not there yet, which are under way or failed within the last day, the newest first; of
 * several failed pushes of one name the last.
 */
export async function listFirstPushes(namespaceId: string): Promise<FirstPush[]> {
  const { rows } = await pool().query<FirstPush>({
    name: 'first-pushes',
    text: `SELECT t.id, t.name, t.state, ${STEP_OF_TASK} AS step, t.created_at AS "createdAt",
        t.failure->>'message' AS failure
      FROM task t WHERE t.namespace_id = $1 AND t.kind = 'executor.push'
        AND NOT EXISTS (SELECT FROM executor e WHERE e.id = t.executor_id)
        AND NOT EXISTS (SELECT FROM executor e WHERE e.namespace_id = $1 AND e.name = t.name AND e.deleted_at IS NULL)
        AND (t.state IN ('waiting', 'running') OR (t.state = 'failed' AND t.created_at > now() - interval '1 day'
          AND NOT EXISTS (SELECT FROM task later WHERE later.namespace_id = $1 AND later.name = t.name
            AND later.kind = t.kind AND later.created_at > t.created_at)))
      ORDER BY t.created_at DESC LIMIT ${MAX_FIRST_PUSHES}`,
    values: [namespaceId],
  });
  return rows;
}
