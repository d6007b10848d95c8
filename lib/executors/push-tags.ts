import type pg from 'pg';
import { Fault } from '#lib/errors.ts';
import type { PushOrder } from '#lib/executors/push-order.ts';

/** What a push that names no tags gives its commit. */
const LATEST = 'latest';

interface SetOptions {
  executorId: string;
  commitId: string;
  order: Pick<PushOrder, 'tags' | 'protectedTags'>;
}

interface TagRow {
  name: string;
  commitId: string;
  isProtected: boolean;
}

/** Exactly those that it names, else `latest` (contract 7.2). */
function wantedTags({ tags, protectedTags }: SetOptions['order']): string[] {
  const named = [...new Set([...tags, ...protectedTags])];
  return named.length > 0 ? named : [LATEST];
}

/**
 * A tag that is protected stays where it is, whoever pushes.
 * @returns all tags that the Executor has.
 * @throws Fault `not-allowed`.
 */
export async function requireMovableTags(
  client: Pick<pg.ClientBase, 'query'>,
  { executorId, commitId, order }: SetOptions,
): Promise<TagRow[]> {
  const { rows } = await client.query<TagRow>(
    `SELECT name, commit_id AS "commitId", is_protected AS "isProtected" FROM executor_tag WHERE executor_id = $1`,
    [executorId],
  );
  const wanted = wantedTags(order);
  const fixed = rows.find((tag) => tag.isProtected && tag.commitId !== commitId && wanted.includes(tag.name));
  if (fixed)
    throw new Fault(
      'not-allowed',
      `The tag ${fixed.name} is protected and stays at its commit. Push with another tag, or unprotect it on the Executor’s page.`,
    );
  return rows;
}

/**
 * Moves the tags of a push to its commit. The Executor's row is
 * locked.
 * @returns all tags of the commit, those of the push first.
 * @throws Fault `not-allowed` for one that is protected and belongs to another commit.
 */
export async function setPushedTags(client: pg.ClientBase, options: SetOptions): Promise<string[]> {
  const { executorId, commitId, order } = options;
  const wanted = wantedTags(order);
  const before = await requireMovableTags(client, options);
  await client.query(
    `INSERT INTO executor_tag (executor_id, name, commit_id, is_protected, updated_at)
     SELECT $1, name, $2, name = ANY($4::text[]), now() FROM unnest($3::text[]) AS name
     ON CONFLICT (executor_id, name) DO UPDATE SET commit_id = excluded.commit_id,
       is_protected = executor_tag.is_protected OR excluded.is_protected, updated_at = excluded.updated_at`,
    [executorId, commitId, wanted, order.protectedTags],
  );
  const others = before.filter((tag) => tag.commitId === commitId && !wanted.includes(tag.name));
  return [...wanted, ...others.map(({ name }) => name).sort()];
}
