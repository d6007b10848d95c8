import type pg from 'pg';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { findOwnExecutor, goneMeanwhile } from '#lib/executors/find-own.ts';
import { isTag } from '#lib/executors/names.ts';
import type { ExecutorRow } from '#lib/executors/row.ts';
import { isId } from '#lib/ids.ts';
import { announceChange } from '#lib/notices/outbox.ts';

interface TagOptions {
  caller: Caller;
  /** An id or a name (contract 7.1). */
  id: string;
  tag: string;
  origin: Origin;
  clock: Clock;
}

interface Tag {
  commitId: string;
  isProtected: boolean;
}

/** An Executor's tag as it is after a change. */
export interface TagState extends Tag {
  id: string;
  tag: string;
}

function absentTag(tag: string): Fault {
  return new Fault('not-found', `This Executor has no tag ${tag}. Check the spelling.`);
}

/** The Executor's row is locked, as a push does that moves tags. */
async function lockTag(client: pg.ClientBase, executorId: string, tag: string): Promise<Tag | null> {
  const { rowCount } = await client.query(
    'SELECT FROM executor WHERE id = $1 AND deleted_at IS NULL FOR UPDATE',
    [executorId],
  );
  if (rowCount !== 1) throw goneMeanwhile();
  const { rows } = await client.query<Tag>(
    'SELECT commit_id AS "commitId", is_protected AS "isProtected" FROM executor_tag WHERE executor_id = $1 AND name = $2',
    [executorId, tag],
  );
  return rows[0] ?? null;
}

async function requireCommit(client: pg.ClientBase, executorId: string, commitId: string): Promise<void> {
  const { rowCount } = isId(commitId)
    ? await client.query('SELECT FROM executor_commit WHERE id = $1 AND executor_id = $2', [
        commitId,
        executorId,
      ])
    : { rowCount: 0 };
  if (rowCount !== 1)
    throw new Fault('not-found', 'This Executor has no commit of this id. Choose one of its pushes.');
}

async function write(client: pg.ClientBase, executor: ExecutorRow, options: SetTagOptions): Promise<Tag> {
  const { tag, commit, origin, clock } = options;
  const old = await lockTag(client, executor.id, tag);
  if (commit !== undefined) await requireCommit(client, executor.id, commit);
  const commitId = commit ?? old?.commitId;
  if (commitId === undefined) throw absentTag(tag);
  if (old?.isProtected && commitId !== old.commitId)
    throw new Fault(
      'not-allowed',
      `The tag ${tag} is protected and never moves. Take its protection off first.`,
    );
  const isProtected = options.isProtected ?? old?.isProtected ?? false;
  await client.query(
    `INSERT INTO executor_tag (executor_id, name, commit_id, is_protected, updated_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (executor_id, name) DO UPDATE SET is_protected = excluded.is_protected,
       updated_at = CASE WHEN executor_tag.commit_id = excluded.commit_id THEN executor_tag.updated_at ELSE excluded.updated_at END,
       commit_id = excluded.commit_id`,
    [executor.id, tag, commitId, isProtected, clock.now()],
  );
  await insertAudit(client, origin, {
    action: 'executor.tag',
    target: `${executor.name}:${tag}`,
    detail: { id: executor.id, commit: commitId, from: old?.commitId ?? null, isProtected },
  });
  return { commitId, isProtected };
}

interface SetTagOptions extends TagOptions {
  /** The id of a commit; absent: the tag stays where it is. */
  commit?: string;
  /** Absent: as it was. */
  isProtected?: boolean;
}

/**
 * Makes a tag of an Executor, moves it to another commit, or protects it. A protected one never moves, neither here nor
 * by a push, until its owner takes the protection off.
 * @throws Fault `invalid` for what cannot be a tag, `not-found`, `not-allowed` for a protected one that would move.
 */
export async function setTag(options: SetTagOptions): Promise<TagState> {
  const { caller, id, tag } = options;
  if (!isTag(tag))
    throw new Fault(
      'invalid',
      'A tag has 1 to 128 letters, digits, dots, dashes and underscores, and begins with no dot or dash. Choose another one.',
    );
  const executor = await findOwnExecutor(caller, id);
  const now = await transaction((client) => write(client, executor, options));
  announceChange(executor.namespaceId, [executor.id]);
  return { id: executor.id, tag, ...now };
}

/**
 * Deletes a tag of an Executor; its commit stays.
 * @throws Fault `not-found`, `not-allowed` for a protected one.
 */
export async function deleteTag(options: TagOptions): Promise<{ id: string; tag: string }> {
  const { caller, tag, origin } = options;
  const executor = await findOwnExecutor(caller, options.id);
  if (!isTag(tag)) throw absentTag(tag);
  await transaction(async (client) => {
    const old = await lockTag(client, executor.id, tag);
    if (!old) throw absentTag(tag);
    if (old.isProtected)
      throw new Fault('not-allowed', `The tag ${tag} is protected. Take its protection off first.`);
    await client.query('DELETE FROM executor_tag WHERE executor_id = $1 AND name = $2', [executor.id, tag]);
    await insertAudit(client, origin, {
      action: 'executor.untag',
      target: `${executor.name}:${tag}`,
      detail: { id: executor.id, from: old.commitId },
    });
  });
  announceChange(executor.namespaceId, [executor.id]);
  return { id: executor.id, tag };
}
