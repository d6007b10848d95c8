import type pg from 'pg';
import { bytesOf, destroyArtifacts, type VersionBytes } from '#lib/artifacts/destroy.ts';
import { creditNamespace } from '#lib/artifacts/usage.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';

interface Locked {
  id: string;
  namespaceId: string;
  namespace: string;
  name: string | null;
  currentBytes: number;
  /** In a namespace of the system, which has nobody who could restore it. */
  isNobodys: boolean;
}

/** What to remove; with a name, only while it still has that one. */
export interface Removal {
  id: string;
  name: string | null;
}

interface RemoveOptions {
  removals: Removal[];
  /** Why; the trash says so, and the audit log: `artifact.delete` or `artifact.expire`. */
  cause: 'owner' | 'expiry';
  origin: Origin;
  /** Leaves alone what does not expire by then; it counts as removed at that time. */
  expiredBy?: Date;
}

/** In the order of their ids, so that two removals cannot wait for each other. */
const LOCK = `
  SELECT a.id, a.namespace_id AS "namespaceId", n.slug AS namespace, coalesce(a.name, a.legacy_name) AS name,
    a.size_bytes::float8 AS "currentBytes", n.kind = 'system' AS "isNobodys"
  FROM unnest($1::text[], $2::text[]) AS wanted (id, name)
    JOIN artifact a USING (id) JOIN namespace n ON n.id = a.namespace_id
  WHERE a.deleted_at IS NULL AND ($3::timestamptz IS NULL OR a.expires_at <= $3)
    AND (wanted.name IS NULL OR wanted.name = coalesce(a.name, a.legacy_name))
  ORDER BY a.id FOR UPDATE OF a`;

/**
 * Locked, so that nobody drops one to make room while it leaves the books: who is dropping one has the usage's row, is
 * waited for here, and what it dropped is not found.
 */
const LOCK_VERSIONS = `
  SELECT artifact_id AS "artifactId", size_bytes::float8 AS "sizeBytes" FROM artifact_version
  WHERE artifact_id = ANY($1) ORDER BY id FOR NO KEY UPDATE`;

/** By the clock of this moment, not of the transaction's start: seven days are promised from now. */
const TRASH = `
  UPDATE artifact SET deleted_at = coalesce($2, clock_timestamp()), deletion = $3, deleted_client = $4
  WHERE id = ANY($1)`;

async function trash(
  client: pg.ClientBase,
  ids: string[],
  { cause, origin, expiredBy }: RemoveOptions,
): Promise<VersionBytes[]> {
  if (ids.length === 0) return [];
  const { rows } = await client.query<VersionBytes>(LOCK_VERSIONS, [ids]);
  await client.query(TRASH, [ids, expiredBy ?? null, cause, cause === 'owner' ? origin.client : null]);
  return rows;
}

/**
 * Moves artifacts with all their versions to the trash, and those of nobody out of the world, inside the caller's
 * transaction: at its commit they are gone for every reader, their names are free and the quota has fallen. What is
 * not there, or was renamed since it was looked up by its name, is left out.
 * @returns how many were removed.
 */
export async function removeArtifacts(client: pg.ClientBase, options: RemoveOptions): Promise<number> {
  const { cause, origin, expiredBy = null } = options;
  // Whoever names one twice, by its id first, means it whatever its name is.
  const wanted = [...new Map(options.removals.toReversed().map((one) => [one.id, one])).values()];
  const { rows: artifacts } = await client.query<Locked>(LOCK, [
    wanted.map(({ id }) => id),
    wanted.map(({ name }) => name),
    expiredBy,
  ]);
  if (artifacts.length === 0) return 0;
  const idsOf = (isNobodys: boolean) =>
    artifacts.filter((artifact) => artifact.isNobodys === isNobodys).map(({ id }) => id);
  const versions = [
    ...(await trash(client, idsOf(false), options)),
    ...(await destroyArtifacts(client, idsOf(true))),
  ];
  const action = cause === 'owner' ? 'artifact.delete' : 'artifact.expire';
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
