import type { Origin } from '#lib/audit/record.ts';
import { Fault } from '#lib/errors.ts';
import { type ExecutorRef, executorLook, lookForExecutor } from '#lib/executors/find.ts';
import { isTag } from '#lib/executors/names.ts';
import { EXECUTOR_COLUMNS, EXECUTOR_TABLES, type ExecutorRow } from '#lib/executors/row.ts';

interface BomRow extends ExecutorRow {
  /** Null when there is no such image, or when what is in it could not be read. */
  bom: object | null;
}

/** What is wanted besides is a tag of the Executor or of one of its images; of the images of a commit the one that was pushed comes first. */
const IMAGE = executorLook<BomRow>(
  'executor-bom',
  `
  SELECT ${EXECUTOR_COLUMNS}, (
      SELECT i.bom FROM executor_image i WHERE i.executor_id = e.id AND (i.tag = asked.more OR i.commit_id = CASE
        WHEN asked.more IS NULL THEN coalesce(wanted.commit_id, e.current_commit_id) ELSE wanted.commit_id END)
      ORDER BY i.commit_id IS DISTINCT FROM wanted.commit_id, i.tag <> i.commit_id, i.created_at DESC LIMIT 1) AS bom
  FROM ${EXECUTOR_TABLES}
    LEFT JOIN executor_tag wanted ON wanted.executor_id = e.id AND wanted.name = coalesce(asked.more, 'latest')`,
);

/**
 * What is installed in an image of an Executor that the caller may see, as an SPDX document.
 * @param ref its `tag` is one of the Executor's or of its images; without one `latest`, else the newest commit.
 * @throws the faults of `lookForExecutor`; `not-found` when there is no such image or nothing is known of it.
 */
export async function getBom(
  origin: Pick<Origin, 'caller' | 'address'>,
  { tag, ...ref }: ExecutorRef & { tag?: string },
): Promise<object> {
  // What cannot be a tag is none.
  const wanted = tag ? (isTag(tag) ? tag : '') : null;
  const { bom } = await lookForExecutor(IMAGE, origin, { ...ref, more: wanted });
  if (bom) return bom;
  throw new Fault(
    'not-found',
    'There is no image of this tag, or what is installed in it could not be read. Look at the Executor’s page for its images.',
  );
}
