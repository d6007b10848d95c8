import type pg from 'pg';
import type { Claimed } from '#lib/artifacts/claim.ts';
import type { CommitOptions } from '#lib/artifacts/commit-push.ts';
import type { MetaData } from '#lib/artifacts/meta-data.ts';
import type { Charge } from '#lib/artifacts/usage.ts';
import { auditInsert, auditValues } from '#lib/audit/record.ts';
import { whyLost } from '#lib/blobs/provisional.ts';

/**
 * Everything that a push writes, in one statement: it goes to the database and back once, and the usage's row,
 * which every push into it wants, is locked for no longer than that and the commit.
 * Bytes of other pushes that are arriving now are counted as the statement began: one that was committed since may be
 * counted twice, so a refusal looks again (lib/artifacts/usage.ts).
 */
const WRITE = `
  WITH kept AS (
    UPDATE blob SET state = 'committed', size_bytes = $2, sha256 = $3, lease_until = NULL
    WHERE id = $1 AND state = 'provisional' AND NOT is_stopped RETURNING id
  ), version AS (
    INSERT INTO artifact_version (id, artifact_id, number, blob_id, size_bytes, sha256, documents, meta_data_text,
      meta_data, client, created_by_id, created_at)
    SELECT $4, $5, $6, kept.id, $2, $3, $7, $8, CASE WHEN $9::jsonb IS NOT NULL THEN jsonb_build_object($15::text, $9::jsonb) END,
      $10, $11, $12 FROM kept
  ), moved AS (
    UPDATE artifact SET type = coalesce($13, type), visibility = coalesce($14::visibility, visibility),
      current_version_id = $4, size_bytes = $2, documents = $7
    WHERE id = $5 AND current_version_id <> $4
  ), audit AS (${auditInsert(18)})
  UPDATE namespace_usage SET used_bytes = used_bytes + $16, current_bytes = current_bytes + $17
  FROM namespace n WHERE n.id = namespace_id AND namespace_id = $15 AND EXISTS (SELECT 1 FROM kept)
  RETURNING used_bytes::float8 AS "usedBytes", current_bytes::float8 AS "currentBytes",
    quota_bytes::float8 AS "quotaBytes", (
      SELECT coalesce(sum(size_bytes), 0) FROM blob WHERE namespace_id = n.id AND state = 'provisional' AND id <> $1
    )::float8 AS "inFlightBytes"`;

/** A version that is about to be written. */
export interface NewVersion {
  id: string;
  number: number;
  documents: number | null;
  metaData: MetaData | null;
  /** What the namespace's counters grow by: all versions, and current ones alone. */
  growthBytes: number;
  currentGrowthBytes: number;
}

/**
 * Writes a version, makes it the artifact's current one, and charges it to the namespace, whose row is locked from
 * here on.
 * @returns where the namespace stands.
 * @throws Fault `broken-upload` when the housekeeping took the bytes, or their owner stopped the upload.
 */
export async function writeVersion(
  client: pg.ClientBase,
  artifact: Claimed,
  version: NewVersion,
  options: CommitOptions,
): Promise<Charge> {
  const { received, owner } = options;
  const audited = {
    action: artifact.created ? 'artifact.create' : 'artifact.push',
    target: artifact.name ?? artifact.id,
    namespace: owner.namespace,
    detail: { id: artifact.id, version: version.id, sizeBytes: received.sizeBytes },
  };
  const { rows } = await client.query<Charge>({
    name: 'write-version',
    text: WRITE,
    values: [
      received.key,
      received.sizeBytes,
      received.sha256,
      version.id,
      artifact.id,
      version.number,
      version.documents,
      version.metaData?.text ?? null,
      version.metaData?.json ?? null,
      JSON.stringify(options.client),
      owner.userId,
      options.now,
      options.type ?? null,
      options.visibility ?? null,
      owner.namespaceId,
      version.growthBytes,
      version.currentGrowthBytes,
      ...auditValues(options.origin, audited),
    ],
  });
  // The housekeeping took the row while this process was stalled, or its owner stopped the upload at the last moment.
  if (!rows[0]) throw await whyLost(client, received.key);
  return rows[0];
}
