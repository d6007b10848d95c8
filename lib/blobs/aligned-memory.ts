import { shared } from '#lib/shared.ts';

const WASM_PAGE_BYTES = 64 * 1024;
/** The size of one part, in bytes. */
export const ALIGNED_BYTES = 1024 * 1024;
/** Two for each of sixteen uploads; others do without. Memory that was never used takes no room. */
const PARTS = 32;

/**
 * The parts that nobody has. Node gives buffers at any address; the memory of WebAssembly begins at a page's, since
 * the engine protects it page by page. One memory for all, as each takes gigabytes of addresses.
 */
function free(): Buffer[] {
  return shared('aligned-memory', () => {
    const pages = (PARTS * ALIGNED_BYTES) / WASM_PAGE_BYTES;
    const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages });
    return Array.from({ length: PARTS }, (_, at) => Buffer.from(buffer, at * ALIGNED_BYTES, ALIGNED_BYTES));
  });
}

/** Lends `count` parts of memory that begin at a page of the machine's, or null when too few are left. */
export function takeAligned(count: number): Buffer[] | null {
  return free().length < count ? null : free().splice(-count);
}

/** Takes them back; nothing may use them any more. */
export function returnAligned(parts: Buffer[]): void {
  free().push(...parts);
}
