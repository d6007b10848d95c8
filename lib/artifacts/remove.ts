import type pg from 'pg';
import { creditNamespace } from '#lib/artifacts/usage.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import { doomBlobs } from '#lib/blobs/doom.ts';

interface Locked {
  id: string;
  namespaceId: string;
  namespace: string;
  name: string | null;
  currentBytes: number;
}

interface DeletedVersion {
  artifactId: string;
  blobId: string;
  sizeBytes: number;
}

/** What to remove; with a name, only while it still has that one. */
export interface Removal {
  id: string;
  name: string | null;
}

interface RemoveOptions {
  removals: Removal[];
  /** `artifact.delete` or `artifact.expire`, for the audit log. */
  action: string;
  origin: Origin;
  /** Leaves alone what does not expire by then. */
  expiredBy?: Date;
}

/** In the order of their ids, so that two removals cannot wait for each other. */
const LOCK = `
  SELECT a.id, a.namespace_id AS "namespaceId", n.slug AS namespace, coalesce(a.name, a.legacy_name) AS name,
    a.size_bytes::float8 AS "currentBytes"
  FROM unnest($1::text[], $2::text[]) AS wanted (id, name)
    JOIN artifact a USING (id) JOIN namespace n ON n.id = a.namespace_id
  WHERE a.deleted_at IS NULL AND ($3::timestamptz IS NULL OR a.expires_at <= $3)
    AND (wanted.name IS NULL OR wanted.name = coalesce(a.name, a.legacy_name))
  ORDER BY a.id FOR UPDATE OF a`;

/** Only what this statement really deletes counts: a push may have added or dropped versions while we waited. */
const DELETE_VERSIONS = `
  DELETE FROM artifact_version WHERE artifact_id = ANY($1)
  RETURNING artifact_id AS "artifactId", blob_id AS "blobId", size_bytes::float8 AS "sizeBytes"`;

function bytesOf(versions: DeletedVersion[], artifacts: Locked[]): number {
  const ids = new Set(artifacts.map(({ id }) => id));
  return versions.reduce((sum, { artifactId, sizeBytes }) => sum + (ids.has(artifactId) ? sizeBytes : 0), 0);
}

/**
 * Removes artifacts with all their versions inside the caller's transaction; the quota falls at its commit and the
 * bytes go with the next sweep. What is not there, or was renamed since it was looked up by its name, is left out.
 * @returns how many were removed.
 */
export async function removeArtifacts(client: pg.ClientBase, options: RemoveOptions): Promise<number> {
  const { action, origin, expiredBy = null } = options;
  // Whoever names one twice, by its id first, means it whatever its name is.
  const wanted = [...new Map(options.removals.toReversed().map((one) => [one.id, one])).values()];
  const { rows: artifacts } = await client.query<Locked>(LOCK, [
    wanted.map(({ id }) => id),
    wanted.map(({ name }) => name),
    expiredBy,
  ]);
  if (artifacts.length === 0) return 0;
  const ids = artifacts.map(({ id }) => id);
  const { rows: versions } = await client.query<DeletedVersion>(DELETE_VERSIONS, [ids]);
  await client.query('DELETE FROM artifact WHERE id = ANY($1)', [ids]);
  await doomBlobs(
    client,
    versions.map(({ blobId }) => blobId),
  );
  for (const artifact of artifacts) {
    const { id, name, namespace } = artifact;
    const detail = { id, bytes: bytesOf(versions, [artifact]) };
    await insertAudit(client, origin, { action, target: name ?? id, namespace, detail });
  }
  const byNamespace = Map.groupBy(artifacts, ({ namespaceId }) => namespaceId);
  for (const [namespaceId, removed] of [...byNamespace].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const currentBytes = removed.reduce((sum, artifact) => sum + artifact.currentBytes, 0);
    await creditNamespace(client, namespaceId, bytesOf(versions, removed), currentBytes);
  }
  return artifacts.length;
}
