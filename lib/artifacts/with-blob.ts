import type { ArtifactRow } from '#lib/artifacts/row.ts';
import { ProvisionalBlob } from '#lib/blobs/provisional.ts';

/**
 * Reserves a blob and has `work` fill it and make it a version of an artifact. When `work` fails, or finds that the
 * same bytes were there already, nothing of the blob stays.
 */
export async function withBlob(
  options: { namespaceId: string; announcedBytes: number },
  work: (blob: ProvisionalBlob) => Promise<ArtifactRow>,
): Promise<ArtifactRow> {
  const blob = await ProvisionalBlob.reserve(options);
  try {
    const row = await work(blob);
    if (row.blobId !== blob.key) await blob.discard();
    return row;
  } catch (error) {
    await blob.discard();
    throw error;
  } finally {
    blob.release();
  }
}
