import { DOCUMENT_ARRAY, documentsInSummary } from '#lib/artifacts/documents.ts';
import type { ArtifactRow } from '#lib/artifacts/row.ts';

/** An artifact as clients read it (contract 4.1), as JSON text: its metadata is passed through as it was sent. */
export function artifactJson(row: ArtifactRow, metaDataText: string | null = row.metaDataText): string {
  const facts = JSON.stringify({
    _id: row.id,
    name: row.name,
    type: row.type ?? undefined,
    visibility: row.visibility,
    size: row.sizeBytes,
    contentType: 'application/octet-stream',
    sha256: row.sha256,
    version: row.versionNumber,
    owner: row.isLegacy ? null : { name: row.namespace },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    expireAt: row.expiresAt?.toISOString() ?? null,
  });
  return `${facts.slice(0, -1)},"metaData":${metaDataText ?? 'null'}}`;
}

/** `text` is the JSON text of an object: adds a member to it and leaves the rest as it was sent. */
function withMember(text: string, member: string): string {
  const inner = text.trim().slice(1, -1).trim();
  return `{${inner}${inner === '' ? '' : ','}${member}}`;
}

/**
 * An artifact as an item of a list. docarray fails on a DocumentArray whose summary has no `Length`, so that one is
 * added where the client sent none (contract 5.5); it is never stored.
 */
export function artifactListJson(row: ArtifactRow): string {
  if (row.type !== DOCUMENT_ARRAY) return artifactJson(row);
  const metaData = JSON.parse(row.metaDataText ?? '{}');
  if (documentsInSummary(metaData) !== null) return artifactJson(row);
  const sent = Array.isArray(metaData.summary) ? metaData.summary : [];
  const summary = JSON.stringify([...sent, { name: 'Length', value: row.documents, description: '' }]);
  const { summary: _, ...others } = metaData;
  const rest = 'summary' in metaData ? JSON.stringify(others) : (row.metaDataText ?? '{}');
  return artifactJson(row, withMember(rest, `"summary":${summary}`));
}
