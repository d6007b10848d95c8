import type pg from 'pg';

/** Work that somebody asks for. */
export interface NewTask {
  id: string;
  kind: string;
  namespaceId: string;
  userId: string | null;
  executorId: string | null;
  name: string | null;
  /** No secrets. */
  input: object;
  /** What of it is secret, encrypted (lib/tasks/seal.ts). */
  sealed: Buffer | null;
  /** Bytes that the work reads: kept until it is over. */
  blobId: string | null;
  requestId: string;
}

/** Writes a task inside the transaction of who asks for it; call `announceWork` after the commit. */
export async function insertTask(client: pg.ClientBase, task: NewTask): Promise<void> {
  const { id, kind, namespaceId, userId, executorId, name, input, sealed, blobId, requestId } = task;
  await client.query({
    name: 'insert-task',
    text: `INSERT INTO task (id, kind, namespace_id, user_id, executor_id, name, input, sealed, blob_id, request_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      id,
      kind,
      namespaceId,
      userId,
      executorId,
      name,
      JSON.stringify(input),
      sealed,
      blobId,
      requestId,
    ],
  });
}
