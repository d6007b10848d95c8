import type pg from 'pg';
import { type Claimed, claimArtifact, type PushTarget } from '#lib/artifacts/claim.ts';
import { documentsInHeader } from '#lib/artifacts/documents.ts';
import { type MetaData, metaDataToKeep } from '#lib/artifacts/meta-data.ts';
import { asNameTaken } from '#lib/artifacts/name-taken.ts';
import type { Owner } from '#lib/artifacts/pusher.ts';
import { type ArtifactRow, SELECT_ARTIFACT } from '#lib/artifacts/row.ts';
import { settleUsage } from '#lib/artifacts/usage.ts';
import { pruneVersions } from '#lib/artifacts/versions.ts';
import { type NewVersion, writeVersion } from '#lib/artifacts/write-version.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { ReceivedBlob } from '#lib/blobs/receive.ts';
import { transaction } from '#lib/db/transaction.ts';
import { newId } from '#lib/ids.ts';

/** A push whose bytes are in the store. */
export interface CommitOptions {
  owner: Owner;
  target: PushTarget;
  received: ReceivedBlob;
  type: string | undefined;
  visibility: 'public' | 'private' | undefined;
  /** Of an artifact that is made by this push and was given none. */
  visibilityWhenNew: 'public' | 'private';
  metaData: MetaData | undefined;
  client: Record<string, string>;
  origin: Origin;
  now: Date;
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

/** What a version is to be, once the artifact is known. */
async function nextVersion(
  client: pg.ClientBase,
  artifact: Claimed,
  versionId: string,
  options: CommitOptions,
): Promise<NewVersion | null> {
  const { received, metaData = null } = options;
  const documents = documentsInHeader(options.type ?? artifact.type, received.head);
  const { sizeBytes } = received;
  const version = { id: versionId, documents, growthBytes: sizeBytes, currentGrowthBytes: sizeBytes };
  if (artifact.created) return { ...version, number: 1, metaData };
  const current = await readCurrent(client, artifact);
  const sameMetaData = metaData === null || metaData.text === current.metaDataText;
  if (sameMetaData && current.sha256.equals(received.sha256)) return null;
  return {
    ...version,
    number: current.lastNumber + 1,
    metaData: metaData ?? metaDataToKeep(current.metaDataText),
    growthBytes: sizeBytes - (await pruneVersions(client, artifact.id)),
    currentGrowthBytes: sizeBytes - artifact.sizeBytes,
  };
}

/** The same bytes again: what the client left unsaid stays, and only now they may be called a DocumentArray. */
async function touch(client: pg.ClientBase, artifact: Claimed, options: CommitOptions): Promise<ArtifactRow> {
  const { type, visibility, received, owner } = options;
  const documents = documentsInHeader(type ?? artifact.type, received.head);
  await client.query({
    name: 'touch-artifact',
    text: `WITH counted AS (UPDATE artifact_version SET documents = $4 WHERE id = $5 AND documents IS NULL)
      UPDATE artifact SET type = coalesce($2, type), visibility = coalesce($3::visibility, visibility),
        documents = coalesce(documents, $4) WHERE id = $1`,
    values: [artifact.id, type ?? null, visibility ?? null, documents, artifact.currentVersionId],
  });
  await insertAudit(client, options.origin, {
    action: 'artifact.push',
    target: artifact.name ?? artifact.id,
    namespace: owner.namespace,
    detail: { id: artifact.id, version: null, sizeBytes: received.sizeBytes },
  });
  const { rows } = await client.query<ArtifactRow>({
    name: 'artifact-by-id-after-push',
    text: `${SELECT_ARTIFACT} WHERE a.id = $1`,
    values: [artifact.id],
  });
  if (!rows[0]) throw new Error(`artifact ${artifact.id} vanished inside its transaction`);
  return rows[0];
}

/** What a read would find, without asking. */
function writtenRow(artifact: Claimed, version: NewVersion, options: CommitOptions): ArtifactRow {
  const { owner, received, type, visibility } = options;
  const { id, name, createdAt, updatedAt, expiresAt, isLegacy } = artifact;
  return {
    id,
    name,
    createdAt,
    updatedAt,
    expiresAt,
    isLegacy,
    namespaceId: owner.namespaceId,
    namespace: owner.namespace,
    type: type ?? artifact.type,
    visibility: visibility ?? artifact.visibility,
    versionId: version.id,
    versionNumber: version.number,
    blobId: received.key,
    store: received.store,
    sizeBytes: received.sizeBytes,
    sha256: received.sha256.toString('hex'),
    documents: version.documents,
    metaDataText: version.metaData?.text ?? null,
  };
}

async function commit(client: pg.ClientBase, options: CommitOptions): Promise<ArtifactRow> {
  const versionId = newId();
  const { owner, received, visibilityWhenNew } = options;
  const { type = null, visibility = visibilityWhenNew, target, now } = options;
  const documents = documentsInHeader(type, received.head);
  const facts = { target, versionId, sizeBytes: received.sizeBytes, documents, type, visibility, now };
  const artifact = await claimArtifact(client, { namespaceId: owner.namespaceId, ...facts });
  const version = await nextVersion(client, artifact, versionId, options);
  if (!version) return touch(client, artifact, options);
  const charge = await writeVersion(client, artifact, version, options);
  await settleUsage(client, charge, {
    artifactId: artifact.id,
    namespaceId: owner.namespaceId,
    currentGrowthBytes: version.currentGrowthBytes,
  });
  return writtenRow(artifact, version, options);
}

/**
 * Makes received bytes the current version in one transaction: readers see the old version or the new one.
 * The same bytes with the same metadata make no new version; only the expiry and `updatedAt` move, and the
 * caller is left with bytes that nothing points at (`blobId` of the result is not theirs).
 * @throws Fault `over-quota`, `name-taken`, `not-found`, `not-allowed`, `broken-upload`.
 */
export async function commitPush(options: CommitOptions): Promise<ArtifactRow> {
  try {
    return await transaction((client) => commit(client, options));
  } catch (error) {
    throw asNameTaken(error);
  }
}
