/** The type that docarray gives its pushes. */
export const DOCUMENT_ARRAY = 'documentArray';

/**
 * The number of documents that the header of a DocumentArray's bytes states, or null where there is none:
 * one byte for the version (1 or 2), then the count as 8 big-endian bytes (contract 5.3).
 */
export function documentsInHeader(type: string | null, head: Buffer): number | null {
  if (type !== DOCUMENT_ARRAY || head.length < 9) return null;
  if (head[0] !== 1 && head[0] !== 2) return null;
  const count = head.readBigUInt64BE(1);
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : null;
}

interface SummaryItem {
  name?: unknown;
  value?: unknown;
}

/** The `Length` that a client's summary states, or null. */
export function documentsInSummary(metaData: unknown): number | null {
  const summary = (metaData as { summary?: unknown } | null)?.summary;
  if (!Array.isArray(summary)) return null;
  const item = summary.find((entry: SummaryItem | null) => entry?.name === 'Length');
  return typeof item?.value === 'number' ? item.value : null;
}
