import type pg from 'pg';
import { type Claimed, claimArtifact, type PushTarget } from '#lib/artifacts/claim.ts';
import { documentsInHeader } from '#lib/artifacts/documents.ts';
import { type MetaData, metaDataToKeep } from '#lib/artifacts/meta-data.ts';
import { asNameTaken } from '#lib/artifacts/name-taken.ts';
import { type ArtifactRow, SELECT_ARTIFACT } from '#lib/artifacts/row.ts';
import { chargeNamespace } from '#lib/artifacts/usage.ts';
import { pruneVersions } from '#lib/artifacts/versions.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { leaseLost } from '#lib/blobs/faults.ts';
import type { ReceivedBlob } from '#lib/blobs/receive.ts';
import { transaction } from '#lib/db/transaction.ts';
import { newId } from '#lib/ids.ts';

interface CommitOptions {
  caller: Caller;
  target: PushTarget;
  received: ReceivedBlob;
  type: string | undefined;
  visibility: 'public' | 'private' | undefined;
  metaData: MetaData | undefined;
  client: Record<string, string>;
  origin: Origin;
  now: Date;
}

async function commitBlob(client: pg.ClientBase, received: ReceivedBlob): Promise<void> {
  const { rowCount } = await client.query({
    name: 'commit-blob',
    text: `UPDATE blob SET state = 'committed', size_bytes = $2, sha256 = $3, lease_until = NULL
           WHERE id = $1 AND state = 'provisional'`,
    values: [received.key, received.sizeBytes, received.sha256],
  });
  // The housekeeping took the row while this process was stalled: the bytes are gone or going.
  if (rowCount !== 1) throw leaseLost();
}

interface Current {
  sha256: Buffer;
  metaDataText: string | null;
  lastNumber: number;
}

async function readCurrent(client: pg.ClientBase, artifact: Claimed): Promise<Current> {
  const { rows } = await client.query<Current>({
    name: 'current-version',
    text: `SELECT sha256, meta_data_text AS "metaDataText",
        (SELECT max(number) FROM artifact_version WHERE artifact_id = $1) AS "lastNumber"
      FROM artifact_version WHERE id = $2`,
    values: [artifact.id, artifact.currentVersionId],
  });
  if (!rows[0]) throw new Error(`artifact ${artifact.id} has no current version`);
  return rows[0];
}

interface NewVersion {
  id: string;
  artifactId: string;
  number: number;
  documents: number | null;
  metaData: MetaData | null;
}

async function insertVersion(
  client: pg.ClientBase,
  version: NewVersion,
  options: CommitOptions,
): Promise<void> {
  const { received, caller, now } = options;
  await client.query({
    name: 'insert-version',
    text: `INSERT INTO artifact_version (id, artifact_id, number, blob_id, size_bytes, sha256, documents, meta_data_text,
        meta_data, client, created_by_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [
      version.id,
      version.artifactId,
      version.number,
      received.key,
      received.sizeBytes,
      received.sha256,
      version.documents,
      version.metaData?.text ?? null,
      version.metaData?.json ?? null,
      JSON.stringify(options.client),
      caller.userId,
      now,
    ],
  });
}

/** Points the artifact at what was pushed; what the client left unsaid stays as it was. */
async function moveArtifact(
  client: pg.ClientBase,
  id: string,
  options: CommitOptions,
  versionId: string | null,
): Promise<void> {
  await client.query({
    name: 'move-artifact',
    text: `UPDATE artifact SET type = coalesce($2, type), visibility = coalesce($3::visibility, visibility),
        current_version_id = coalesce($4, current_version_id), size_bytes = CASE WHEN $4 IS NULL THEN size_bytes ELSE $5 END
      WHERE id = $1`,
    values: [id, options.type ?? null, options.visibility ?? null, versionId, options.received.sizeBytes],
  });
}

/** The same bytes may be called a DocumentArray only now. */
async function fillDocuments(client: pg.ClientBase, versionId: string, documents: number): Promise<void> {
  await client.query({
    name: 'fill-documents',
    text: 'UPDATE artifact_version SET documents = $2 WHERE id = $1 AND documents IS NULL',
    values: [versionId, documents],
  });
}

interface Written {
  /** Null when what was pushed is what is there already. */
  versionId: string | null;
  growthBytes: number;
  currentGrowthBytes: number;
}

async function writeVersion(
  client: pg.ClientBase,
  artifact: Claimed,
  options: CommitOptions,
  versionId: string,
): Promise<Written> {
  const { received } = options;
  const documents = documentsInHeader(options.type ?? artifact.type, received.head);
  const version = { id: versionId, artifactId: artifact.id, documents };
  if (artifact.created) {
    await commitBlob(client, received);
    await insertVersion(client, { ...version, number: 1, metaData: options.metaData ?? null }, options);
    return { versionId, growthBytes: received.sizeBytes, currentGrowthBytes: received.sizeBytes };
  }
  const current = await readCurrent(client, artifact);
  const metaData = options.metaData ?? metaDataToKeep(current.metaDataText);
  const sameMetaData = options.metaData === undefined || options.metaData.text === current.metaDataText;
  if (sameMetaData && current.sha256.equals(received.sha256)) {
    await moveArtifact(client, artifact.id, options, null);
    if (documents !== null) await fillDocuments(client, artifact.currentVersionId, documents);
    return { versionId: null, growthBytes: 0, currentGrowthBytes: 0 };
  }
  await commitBlob(client, received);
  await insertVersion(client, { ...version, number: current.lastNumber + 1, metaData }, options);
  await moveArtifact(client, artifact.id, options, versionId);
  const freed = await pruneVersions(client, artifact.id);
  return {
    versionId,
    growthBytes: received.sizeBytes - freed,
    currentGrowthBytes: received.sizeBytes - artifact.sizeBytes,
  };
}

async function commit(client: pg.ClientBase, options: CommitOptions): Promise<ArtifactRow> {
  const versionId = newId();
  const { caller, target, received, type = null, visibility = 'private', now } = options;
  const artifact = await claimArtifact(client, {
    namespaceId: caller.namespaceId,
    target,
    versionId,
    sizeBytes: received.sizeBytes,
    type,
    visibility,
    now,
  });
  const written = await writeVersion(client, artifact, options, versionId);
  await insertAudit(client, options.origin, {
    action: artifact.created ? 'artifact.create' : 'artifact.push',
    target: artifact.name ?? artifact.id,
    detail: { id: artifact.id, version: written.versionId, sizeBytes: options.received.sizeBytes },
  });
  const { rows } = await client.query<ArtifactRow>({
    name: 'artifact-by-id-after-push',
    text: `${SELECT_ARTIFACT} WHERE a.id = $1`,
    values: [artifact.id],
  });
  if (!rows[0]) throw new Error(`artifact ${artifact.id} vanished inside its transaction`);
  if (written.versionId)
    await chargeNamespace(client, {
      artifactId: artifact.id,
      namespaceId: options.caller.namespaceId,
      ...written,
    });
  return rows[0];
}

/**
 * Makes received bytes the current version in one transaction: readers see the old version or the new one.
 * The same bytes with the same metadata make no new version; only the expiry and `updatedAt` move, and the
 * caller is left with bytes that nothing points at (`blobId` of the result is not theirs).
 * @throws Fault `over-quota`, `name-taken`, `not-found`, `broken-upload`.
 */
export async function commitPush(options: CommitOptions): Promise<ArtifactRow> {
  try {
    return await transaction((client) => commit(client, options));
  } catch (error) {
    throw asNameTaken(error);
  }
}
