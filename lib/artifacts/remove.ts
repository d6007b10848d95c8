import type pg from 'pg';
import { creditNamespace } from '#lib/artifacts/usage.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import { doomBlobs } from '#lib/blobs/doom.ts';

interface Removed {
  id: string;
  namespaceId: string;
  namespace: string;
  name: string | null;
  currentBytes: number;
  blobIds: string[];
  bytes: number;
}

interface RemoveOptions {
  ids: string[];
  /** `artifact.delete` or `artifact.expire`, for the audit log. */
  action: string;
  origin: Origin;
  now: Date;
}

/** Locks the rows first, in the order of their ids, so that two removals cannot wait for each other. */
const READ_FOR_REMOVAL = `
  SELECT a.id, a.namespace_id AS "namespaceId", n.slug AS namespace, a.name, a.size_bytes::float8 AS "currentBytes",
    (SELECT array_agg(blob_id) FROM artifact_version WHERE artifact_id = a.id) AS "blobIds",
    (SELECT sum(size_bytes) FROM artifact_version WHERE artifact_id = a.id)::float8 AS bytes
  FROM artifact a JOIN namespace n ON n.id = a.namespace_id
  WHERE a.id = ANY($1) AND a.deleted_at IS NULL
  ORDER BY a.id FOR UPDATE OF a`;

/**
 * Removes artifacts with all their versions inside the caller's transaction; the quota falls at its commit and the
 * bytes go with the next sweep. Ids that are not there are left out.
 * @returns how many were removed.
 */
export async function removeArtifacts(
  client: pg.ClientBase,
  { ids, action, origin, now }: RemoveOptions,
): Promise<number> {
  const { rows } = await client.query<Removed>(READ_FOR_REMOVAL, [ids]);
  if (rows.length === 0) return 0;
  await client.query('DELETE FROM artifact WHERE id = ANY($1)', [rows.map((row) => row.id)]);
  await doomBlobs(
    client,
    rows.flatMap((row) => row.blobIds),
    now,
  );
  for (const { id, name, namespace, bytes } of rows) {
    await insertAudit(client, origin, { action, target: name ?? id, namespace, detail: { id, bytes } });
  }
  const byNamespace = Map.groupBy(rows, (row) => row.namespaceId);
  for (const [namespaceId, removed] of [...byNamespace].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sum = (field: 'bytes' | 'currentBytes') => removed.reduce((total, row) => total + row[field], 0);
    await creditNamespace(client, namespaceId, sum('bytes'), sum('currentBytes'));
  }
  return rows.length;
}
