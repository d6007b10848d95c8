import { pool } from '#lib/db/pool.ts';
import { newId } from '#lib/ids.ts';

/**
 * The slugs of nobody's namespaces, in which un-namespaced artifacts are kept: what an administrator imported, and
 * what was pushed without a token. No user's slug can look like these.
 */
export const LIBRARY = '_library';
export const ANONYMOUS = '_anonymous';

/** Imports are charged to nobody: what an administrator brings has no quota, and no retention either. */
export const LIBRARY_TERMS = { quotaBytes: Number.MAX_SAFE_INTEGER, retentionDays: null };

interface Terms {
  quotaBytes: number;
  /** How long a push is kept; null: for ever. */
  retentionDays: number | null;
}

const FIND = {
  name: 'find-system-namespace',
  text: `SELECT id FROM namespace WHERE slug = $1 AND quota_bytes = $2 AND retention_days IS NOT DISTINCT FROM $3`,
};

/**
 * The id of a system namespace, which is made when it is first needed and follows its terms when a setting changed
 * them. Other terms remove nothing that is there.
 */
export async function systemNamespaceId(
  slug: typeof LIBRARY | typeof ANONYMOUS,
  { quotaBytes, retentionDays }: Terms,
): Promise<string> {
  const values = [slug, quotaBytes, retentionDays];
  const found = await pool().query<{ id: string }>({ ...FIND, values });
  if (found.rows[0]) return found.rows[0].id;
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO namespace (id, slug, kind, quota_bytes, retention_days) VALUES ($4, $1, 'system', $2, $3)
     ON CONFLICT (slug) DO UPDATE SET quota_bytes = excluded.quota_bytes, retention_days = excluded.retention_days
     RETURNING id`,
    [...values, newId()],
  );
  if (!rows[0]) throw new Error(`the namespace ${slug} was neither found nor made`);
  return rows[0].id;
}
