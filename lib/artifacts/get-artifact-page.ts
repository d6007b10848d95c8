import { type ArtifactRef, findVisibleIn } from '#lib/artifacts/find.ts';
import { type ArtifactSummary, toSummary } from '#lib/artifacts/page.ts';
import { ALL_PULLS } from '#lib/artifacts/pulls.ts';
import { type PushClient, readPushClient } from '#lib/artifacts/push-client.ts';
import { owns } from '#lib/artifacts/row.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { pool } from '#lib/db/pool.ts';
import type { StoredBytes } from '#lib/documents/read-fields.ts';
import { isFault } from '#lib/errors.ts';

/** An artifact as its own page shows it. */
export interface ArtifactPage extends ArtifactSummary {
  /** Whether the viewer may change it. */
  isOwn: boolean;
  /** Hexadecimal. */
  sha256: string;
  /** Of the current version, from 1. */
  version: number;
  /** When the current version was pushed. */
  pushedAt: Date;
  client: PushClient;
  /** The count in the header of the stored bytes, when they have one. */
  measuredDocuments: number | null;
  /** Where the current version's bytes are; for the server alone. */
  stored: StoredBytes;
  /** JSON text of an object, as the client sent it. */
  metaDataText: string | null;
  /** All pulls there ever were. */
  pulls: number;
  /** How many days it is kept after each push; null: for ever. */
  keepDays: number | null;
}

interface PageFacts {
  client: unknown;
  pushedAt: Date;
  keepDays: number | null;
  pulls: number;
}

const FACTS = {
  name: 'artifact-page',
  text: `SELECT v.client, v.created_at AS "pushedAt",
      CASE WHEN a.keep_days IS NULL THEN n.retention_days ELSE nullif(a.keep_days, 0) END AS "keepDays",
      ${ALL_PULLS} AS pulls
    FROM artifact a JOIN namespace n ON n.id = a.namespace_id JOIN artifact_version v ON v.id = $2
    WHERE a.id = $1 AND a.deleted_at IS NULL`,
};

interface PageOptions {
  /** Null: nobody is signed in. */
  caller: Caller | null;
  namespace: string;
  ref: ArtifactRef;
}

/** An artifact for its page; null when it is absent or the viewer may not see it, which must not differ. */
export async function getArtifactPage({ caller, namespace, ref }: PageOptions): Promise<ArtifactPage | null> {
  const row = await findVisibleIn(caller, namespace, ref).catch((error: unknown) => {
    if (isFault(error) && (error.kind === 'not-found' || error.kind === 'log-in')) return null;
    throw error;
  });
  if (!row) return null;
  const { rows } = await pool().query<PageFacts>({ ...FACTS, values: [row.id, row.versionId] });
  // A push or a deletion may come between the two reads; what is left of the old version is not shown.
  const facts = rows[0];
  if (!facts) return null;
  const { sha256, versionNumber, documents, metaDataText, blobId, store, sizeBytes } = row;
  const metaData: unknown = metaDataText === null ? null : JSON.parse(metaDataText);
  return {
    ...toSummary(row, facts.pulls),
    isOwn: owns(caller, row),
    sha256,
    version: versionNumber,
    pushedAt: facts.pushedAt,
    client: readPushClient(facts.client, metaData),
    measuredDocuments: documents,
    stored: { key: blobId, store, sizeBytes },
    metaDataText,
    pulls: facts.pulls,
    keepDays: facts.keepDays,
  };
}
