import type { FaultKind } from '#lib/errors.ts';

/** Seconds for which a worker that says nothing is taken to be alive, by the database's clock. */
export const TASK_LEASE_SECONDS = 30;

/** How often work is begun again after its worker died; then something in it kills workers. */
export const MAX_ATTEMPTS = 3;

export type TaskState = 'waiting' | 'running' | 'succeeded' | 'failed';

/** One thing that is told of a task, as line readers get it (contract 7.2). */
export interface TaskEventBody {
  type: 'init' | 'start' | 'progress' | 'console' | 'warning' | 'done' | 'error' | 'complete';
  subject: string;
  payload?: unknown;
  message?: string;
  source?: 'stdout' | 'stderr';
  /** What HubIO's status line shows of `progress`. */
  legacyMessage?: { status: string };
}

/** An event with its place in the task. */
export interface TaskEvent {
  /** Counting from 1. */
  sn: number;
  /** Milliseconds since the task was asked for. */
  dtMs: number;
  event: TaskEventBody;
}

/** Why a task failed, in public words. */
export interface TaskFailure {
  kind: FaultKind | 'unexpected';
  message: string;
  /** What went wrong in the normaliser, by its code (contract 12.2). */
  normalizerCode?: number;
}

/** A task as a worker gets it. */
export interface ClaimedTask {
  id: string;
  kind: string;
  namespaceId: string;
  userId: string | null;
  executorId: string | null;
  name: string | null;
  input: unknown;
  sealed: Buffer | null;
  blobId: string | null;
  requestId: string;
  /** Which attempt this is, from 1: whoever has a lower number has lost the task. */
  attempts: number;
  createdAt: Date;
}
