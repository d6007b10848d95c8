import { pool } from '#lib/db/pool.ts';

/**
 * What is lost with a blob, for people: `mira/photos, version 3`, or an id where there is no name; of an Executor
 * `mira/Encoder, commit 3`.
 */
export async function ownersOf(blobId: string): Promise<string[]> {
  const { rows } = await pool().query<{ owner: string }>(
    `SELECT n.slug || '/' || coalesce(a.name, a.legacy_name, a.id) || ', version ' || v.number
       || CASE WHEN a.deleted_at IS NULL THEN '' ELSE ', in the trash' END AS owner
     FROM artifact_version v JOIN artifact a ON a.id = v.artifact_id JOIN namespace n ON n.id = a.namespace_id
     WHERE v.blob_id = $1
     UNION ALL
     SELECT n.slug || '/' || e.name || ', commit ' || c.number
       || CASE WHEN e.deleted_at IS NULL THEN '' ELSE ', in the trash' END
     FROM executor_commit c JOIN executor e ON e.id = c.executor_id JOIN namespace n ON n.id = e.namespace_id
     WHERE c.blob_id = $1 ORDER BY owner`,
    [blobId],
  );
  return rows.map(({ owner }) => owner);
}
