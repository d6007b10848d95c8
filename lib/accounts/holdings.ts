import { pool } from '#lib/db/pool.ts';

/** What goes with an account; what is in the trash counts too. */
export interface Holdings {
  artifacts: number;
  executors: number;
  /** Of all versions and packages. */
  bytes: number;
  publicArtifacts: number;
  publicExecutors: number;
  tokens: number;
}

/** Live artifacts and those in the trash each have indexes of their own. */
const COUNT = `
  WITH own AS (
    SELECT id, visibility = 'public' AS "isPublic" FROM artifact WHERE namespace_id = $1 AND deleted_at IS NULL
    UNION ALL SELECT id, false FROM artifact WHERE namespace_id = $1 AND deleted_at IS NOT NULL
  )
  SELECT count(*)::float8 AS artifacts, count(*) FILTER (WHERE "isPublic")::float8 AS "publicArtifacts",
    (SELECT count(*) FROM executor WHERE namespace_id = $1)::float8 AS executors,
    (SELECT count(*) FROM executor WHERE namespace_id = $1 AND visibility = 'public' AND deleted_at IS NULL)::float8
      AS "publicExecutors",
    ((SELECT coalesce(sum(v.size_bytes), 0) FROM own JOIN artifact_version v ON v.artifact_id = own.id)
      + (SELECT coalesce(sum(size_bytes), 0) FROM executor WHERE namespace_id = $1))::float8 AS bytes,
    (SELECT count(*) FROM access_token WHERE user_id = $2)::float8 AS tokens
  FROM own`;

const NOTHING = { artifacts: 0, executors: 0, bytes: 0, publicArtifacts: 0, publicExecutors: 0, tokens: 0 };

/** Counts what a person has. */
export async function holdingsOf(caller: { userId: string; namespaceId: string }): Promise<Holdings> {
  const { rows } = await pool().query<Holdings>(COUNT, [caller.namespaceId, caller.userId]);
  return rows[0] ?? NOTHING;
}
