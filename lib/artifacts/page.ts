import { documentsInSummary } from '#lib/artifacts/documents.ts';
import { listArtifactIds, readArtifacts } from '#lib/artifacts/list.ts';
import { countPulls } from '#lib/artifacts/pulls.ts';
import type { ArtifactQuery, SortKey } from '#lib/artifacts/query.ts';
import type { ArtifactRow } from '#lib/artifacts/row.ts';
import type { Caller } from '#lib/auth/caller.ts';

/** An artifact as a row of the Storage page. */
export interface ArtifactSummary {
  id: string;
  /** The slug of the owning namespace. */
  namespace: string;
  name: string | null;
  type: string | null;
  visibility: 'public' | 'private';
  sizeBytes: number;
  documents: number | null;
  /** Since it was made. */
  pulls: number;
  /** What the client sent as `metaData.branding`; not checked here. */
  branding: unknown;
  expiresAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

interface PageOptions extends Pick<ArtifactQuery, 'search' | 'exceptType' | 'expiresBefore'> {
  caller: Caller;
  filter: { type?: string; visibility?: 'public' | 'private' };
  sort: SortKey;
  pageIndex: number;
  pageSize: number;
}

/** What a list and a page say of an artifact alike. */
export function toSummary(row: ArtifactRow, pulls: number): ArtifactSummary {
  const metaData = row.metaDataText === null ? null : JSON.parse(row.metaDataText);
  const { id, namespace, name, type, visibility, sizeBytes, expiresAt, createdAt, updatedAt } = row;
  return {
    id,
    namespace,
    name,
    type,
    visibility,
    sizeBytes,
    expiresAt,
    createdAt,
    updatedAt,
    pulls,
    documents: row.documents ?? documentsInSummary(metaData),
    branding: metaData?.branding ?? null,
  };
}

/** One page of the caller's own artifacts. */
export async function listArtifactPage(
  options: PageOptions,
): Promise<{ items: ArtifactSummary[]; total: number }> {
  const { caller, sort, ...query } = options;
  const { ids, total } = await listArtifactIds({
    ...query,
    namespaceId: caller.namespaceId,
    namePattern: caller.namePattern,
    sort: [sort],
  });
  const pulls = await countPulls(ids);
  const items: ArtifactSummary[] = [];
  for await (const row of readArtifacts(ids)) items.push(toSummary(row, pulls.get(row.id) ?? 0));
  return { items, total };
}
