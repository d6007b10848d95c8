import { isDeepStrictEqual } from 'node:util';
import type { Content } from './content.ts';
import type { Delete, DeleteMany, List, Op, Push, Read, Update } from './op.ts';
import {
  currentBytes,
  find,
  type Item,
  KEEP_VERSIONS,
  type Owner,
  SMALL_QUOTA_BYTES,
  type Who,
  type World,
  withItem,
} from './world.ts';

/** One way in which an act may end: the answer, and how things are afterwards. */
export interface Outcome {
  world: World;
  /** HTTP status and status of the envelope, such as `404/40403`. */
  code: string;
  /** The artifact that the answer shows; it is in `world`, but for a deletion. */
  item?: Item;
  /** The bytes that a pull must bring. */
  content?: Content;
  deletedCount?: number;
  /** What a list must hold. */
  listed?: World;
}

export const OK = '200/20000';
const LEASE_LOST = '400/40003';
const LOG_IN = '401/40103';
const NOT_ALLOWED = '403/40301';
const NOT_FOUND = '404/40403';
const OVER_QUOTA = '413/41302';
const NAME_TAKEN = '422/42202';

/** Not to be told from what is not there. */
function absent(world: World, who: Who): Outcome[] {
  return [{ world, code: who === 'nobody' ? LOG_IN : NOT_FOUND }];
}

/** The caller's own artifact, or how the call ends without one. */
function findOwn(world: World, op: Update | Delete | Push): Item | Outcome[] {
  const item = op.key === null ? undefined : find(world, op.key);
  if (!item || (!item.isPublic && op.who !== op.space)) return absent(world, op.who);
  return op.who === op.space ? item : [{ world, code: NOT_ALLOWED }];
}

function read(world: World, op: Read): Outcome[] {
  const item = find(world, op.key);
  if (!item || (!item.isPublic && op.who !== op.space)) return absent(world, op.who);
  return [{ world, code: OK, item, content: item.content }];
}

function isTaken(world: World, item: Item | undefined, name: Update['name']): boolean {
  if (name === null || name === 'foreign') return false;
  return world.some((other) => other !== item && other.name === name.stored);
}

function update(world: World, op: Update): Outcome[] {
  const item = findOwn(world, op);
  if (Array.isArray(item)) return item;
  if (op.name === 'foreign') return [{ world, code: NOT_ALLOWED }];
  if (isTaken(world, item, op.name)) return [{ world, code: NAME_TAKEN }];
  const changed = {
    ...item,
    name: op.name?.stored ?? item.name,
    isPublic: op.fields.public ?? item.isPublic,
    metaData: op.fields.metaData ?? item.metaData,
  };
  return [{ world: withItem(world, item, changed), code: OK, item: changed }];
}

function remove(world: World, op: Delete): Outcome[] {
  const item = findOwn(world, op);
  if (Array.isArray(item)) return item;
  return [{ world: withItem(world, item, null), code: OK, item }];
}

function removeMany(world: World, op: DeleteMany): Outcome[] {
  const items = new Set(op.keys.map((key) => find(world, key)).filter((item) => item !== undefined));
  return [{ world: world.filter((item) => !items.has(item)), code: OK, deletedCount: items.size }];
}

function metaDataValue(item: Item, path: string): unknown {
  return (JSON.parse(item.metaData ?? '{}') as Record<string, unknown>)[path];
}

function list(world: World, op: List): Outcome[] {
  const listed = world.filter((item) =>
    Object.entries(op.query.filter).every(([field, value]) => {
      if (field === 'visibility') return value === (item.isPublic ? 'public' : 'private');
      if (field === 'type' || field === 'name') return value === item[field];
      return isDeepStrictEqual(metaDataValue(item, field.replace('metaData.', '')), value);
    }),
  );
  return [{ world, code: OK, listed }];
}

/** What a replacement without metadata keeps of the old: what describes one push goes (design, narrowing). */
function metaDataToKeep(old: string | null): string | null {
  const { summary, branding, version, ...kept } = JSON.parse(old ?? '{}');
  return Object.keys(kept).length === 0 ? null : JSON.stringify(kept);
}

function replaced(item: Item, { fields, content, name }: Push): Item {
  const moved = {
    ...item,
    name: (name !== 'foreign' && name?.stored) || item.name,
    isPublic: fields.public ?? item.isPublic,
    type: fields.type ?? item.type,
    isOver: false,
  };
  const isSameMetaData = fields.metaData === undefined || fields.metaData === item.metaData;
  if (isSameMetaData && content.sha256 === item.content.sha256) return moved;
  return {
    ...moved,
    content,
    metaData: fields.metaData ?? metaDataToKeep(item.metaData),
    version: item.version + 1,
    versions: Math.min(item.versions + 1, KEEP_VERSIONS),
  };
}

function created({ fields, content, name }: Push): Item {
  return {
    id: null,
    name: name !== 'foreign' && name ? name.stored : null,
    isPublic: fields.public ?? false,
    type: fields.type ?? null,
    metaData: fields.metaData ?? null,
    content,
    version: 1,
    versions: 1,
    isOver: false,
  };
}

/** Whether what this brings fits; bytes in flight may count or be gone already. */
function fits(
  space: Owner,
  world: World,
  growthBytes: number,
  inFlightBytes: number,
): 'yes' | 'maybe' | 'no' {
  if (space !== 'cleo' || growthBytes <= 0) return 'yes';
  const leftBytes = SMALL_QUOTA_BYTES - currentBytes(world) - growthBytes;
  if (leftBytes < 0) return 'no';
  return leftBytes >= inFlightBytes ? 'yes' : 'maybe';
}

function pushed(world: World, op: Push, inFlightBytes: number): Outcome[] {
  const byId = op.fields.id !== undefined;
  const own = byId ? findOwn(world, op) : undefined;
  if (Array.isArray(own)) return own;
  const item = own ?? (op.key === null ? undefined : find(world, op.key));
  if (isTaken(world, item, op.name)) return [{ world, code: NAME_TAKEN }];
  const changed = item ? replaced(item, op) : created(op);
  const growthBytes = changed.content.sizeBytes - (item?.content.sizeBytes ?? 0);
  const done = { world: withItem(world, item, changed), code: OK, item: changed };
  const refused = { world, code: OVER_QUOTA };
  const fitting = fits(op.space, world, growthBytes, inFlightBytes);
  if (fitting === 'maybe') return [done, refused];
  return [fitting === 'yes' ? done : refused];
}

/**
 * What goes wrong with a push that is refused may be told before or after it is seen that it would not fit, or that its
 * upload was swept.
 */
function push(world: World, op: Push, inFlightBytes: number): Outcome[] {
  if (op.who === 'nobody') return [{ world, code: LOG_IN }];
  const possible = op.name === 'foreign' ? [{ world, code: NOT_ALLOWED }] : pushed(world, op, inFlightBytes);
  const outcomes = op.swept === 'yes' ? possible.filter(({ code }) => code !== OK) : possible;
  if (op.swept !== 'no') outcomes.push({ world, code: LEASE_LOST });
  const isLarge = currentBytes(world) + op.content.sizeBytes + inFlightBytes > SMALL_QUOTA_BYTES;
  const isRefused = outcomes.every(({ code }) => code !== OK);
  if (op.who === 'cleo' && isRefused && isLarge) outcomes.push({ world, code: OVER_QUOTA });
  return outcomes;
}

/**
 * How an act may end in a world, by what `design.md` and the wire contract promise.
 * @param inFlightBytes the most that uploads of the same namespace may hold of its quota meanwhile.
 */
export function step(world: World, op: Op, inFlightBytes: number): Outcome[] {
  if (op.kind === 'expire') {
    const item = find(world, op.key);
    return [{ world: item?.isOver ? withItem(world, item, null) : world, code: OK }];
  }
  if (op.kind === 'push') return push(world, op, inFlightBytes);
  const isWrite = op.kind !== 'pull' && op.kind !== 'detail';
  if (op.who === 'nobody' && isWrite) return [{ world, code: LOG_IN }];
  if (op.kind === 'update') return update(world, op);
  if (op.kind === 'delete') return remove(world, op);
  if (op.kind === 'deleteMany') return removeMany(world, op);
  return op.kind === 'list' ? list(world, op) : read(world, op);
}
