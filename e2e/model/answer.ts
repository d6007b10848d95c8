import { isDeepStrictEqual } from 'node:util';
import { MAX_PAGE_SIZE } from '#lib/artifacts/list.ts';
import { bytesOf, type Content, sha256Of } from './content.ts';
import type { ListQuery, Op } from './op.ts';
import { OK, type Outcome } from './step.ts';
import { type Item, type Owner, type World, withItem } from './world.ts';

/** An artifact as answers show it (contract 4.1). */
export interface Shown {
  _id: string;
  name: string | null;
  type?: string;
  visibility: string;
  size: number;
  sha256: string;
  version: number;
  metaData: unknown;
  owner: { name: string };
}

/** The bytes of a download, which may have ended early, or the code of its refusal. */
export type File = { code: typeof OK; bytes: Buffer; isWhole: boolean } | { code: string; bytes: null };

/** How a request ended: with an answer, without one (it may have been carried out), or so that it cannot have been. */
export type Answer =
  | { kind: 'answered'; code: string; data: unknown; total?: number; file?: File | null; message: string }
  | { kind: 'lost'; why: string }
  | { kind: 'not done' };

type Answered = Extract<Answer, { kind: 'answered' }>;

export const UNAVAILABLE = '503/50002';

/** In a list, a DocumentArray without a count gets one, which docarray needs (contract 5.5). */
function listedMetaData(item: Item): unknown {
  const metaData = JSON.parse(item.metaData ?? 'null') as Record<string, unknown> | null;
  if (item.type !== 'documentArray' || Array.isArray(metaData?.summary)) return metaData;
  return { ...metaData, summary: [{ name: 'Length', value: null, description: '' }] };
}

function isShown(item: Item, shown: Shown, space: Owner, isListed: boolean): boolean {
  const metaData = isListed ? listedMetaData(item) : JSON.parse(item.metaData ?? 'null');
  return (
    (item.id === null || item.id === shown._id) &&
    item.name === shown.name &&
    (item.type ?? undefined) === shown.type &&
    (item.isPublic ? 'public' : 'private') === shown.visibility &&
    item.content.sizeBytes === shown.size &&
    item.content.sha256 === shown.sha256 &&
    item.version === shown.version &&
    space === shown.owner.name &&
    isDeepStrictEqual(metaData, shown.metaData)
  );
}

/**
 * The world with the ids that a page of a list tells; null when it is not as long as it must be, or shows what is not
 * there or as it is not.
 */
function matchPage(
  { world, listed = [] }: Outcome,
  shown: Shown[],
  query: ListQuery,
  space: Owner,
): World | null {
  const size = query.pageSize ?? MAX_PAGE_SIZE;
  // Some clients count from 0, so the first page is 0 and 1 alike (contract 4.5).
  const before = size * (Math.max(1, query.pageIndex ?? 1) - 1);
  if (shown.length !== Math.max(0, Math.min(size, listed.length - before))) return null;
  let left = listed;
  let told = world;
  for (const one of shown) {
    const alike = left.filter((item) => isShown(item, one, space, true));
    const item = alike.find(({ id }) => id !== null) ?? alike[0];
    if (!item) return null;
    told = withItem(told, item, { ...item, id: one._id });
    left = withItem(left, item, null);
  }
  return told;
}

function byName(a: Shown, b: Shown): number {
  if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null);
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
}

function isSorted(shown: Shown[], { sort }: ListQuery): boolean {
  const compare = sort.name ? byName : (a: Shown, b: Shown) => a.size - b.size;
  const direction = sort.name ?? sort.size ?? 0;
  return shown.every((one, at) => at === 0 || compare(shown[at - 1] ?? one, one) * direction <= 0);
}

function matchFile(content: Content, file: File | null | undefined): boolean {
  if (!file) return true;
  if (!file.bytes) return false;
  if (file.isWhole) return sha256Of(file.bytes) === content.sha256;
  return bytesOf(content).subarray(0, file.bytes.length).equals(file.bytes);
}

/**
 * What is known of the world after this answer, ids that it tells included; null when it cannot be the answer to
 * this outcome.
 * @param isAlone whether nothing else was under way; a deletion may show what it removed as it was a moment before.
 */
export function match(outcome: Outcome, op: Op, answer: Answered, isAlone: boolean): World | null {
  if (answer.code !== outcome.code) return null;
  if (outcome.code !== OK || op.kind === 'expire') return outcome.world;
  if (op.kind === 'deleteMany')
    return (answer.data as { deletedCount: number }).deletedCount === outcome.deletedCount
      ? outcome.world
      : null;
  if (op.kind === 'list') {
    const shown = answer.data as Shown[];
    if (answer.total !== outcome.listed?.length || !isSorted(shown, op.query)) return null;
    return matchPage(outcome, shown, op.query, op.space);
  }
  const { item, world } = outcome;
  const { _id: id } = answer.data as { _id: string };
  if (!item || (item.id !== null && item.id !== id)) return null;
  if (op.kind === 'pull') {
    if (!matchFile(item.content, answer.file)) return null;
  } else if (op.kind !== 'delete' || isAlone) {
    if (!isShown(item, answer.data as Shown, op.space, false)) return null;
  }
  return withItem(world, item, { ...item, id });
}
