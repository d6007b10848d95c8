import type { Content } from './content.ts';

/** Somebody with an account, whose name is also the namespace. Cleo has a small quota, Ada and Bob have plenty. */
export type Owner = 'ada' | 'bob' | 'cleo';
/** Somebody who calls; `nobody` has no token. */
export type Who = Owner | 'nobody';

export const OWNERS: readonly Owner[] = ['ada', 'bob', 'cleo'];
/** What the servers of this test are started with. */
export const KEEP_VERSIONS = 3;
export const SMALL_QUOTA_BYTES = 1_000_000;

/** An artifact as it must be. */
export interface Item {
  /** Null as long as no answer has told it. */
  id: string | null;
  name: string | null;
  isPublic: boolean;
  type: string | null;
  /** JSON text of an object. */
  metaData: string | null;
  content: Content;
  version: number;
  /** How many versions are kept, this one included; nobody can say for Cleo, whose old ones make room. */
  versions: number;
  /** Its time is over: the next expiry removes it, unless a push comes first. */
  isOver: boolean;
}

/** All that somebody has. What is not known for certain is a list of worlds, any of which may be the real one. */
export type World = readonly Item[];

/** Which artifact of a namespace is meant; `none` is in no namespace. */
export type Key = { id: string } | { name: string } | 'none';

export function find(world: World, key: Key): Item | undefined {
  if (key === 'none') return undefined;
  return world.find((item) => ('id' in key ? item.id === key.id : item.name === key.name));
}

/** The world with `changed` in the place of `item`, or without it, or with one more. */
export function withItem(world: World, item: Item | undefined, changed: Item | null): World {
  if (!item) return changed ? [...world, changed] : world;
  return world.flatMap((one) => (one === item ? (changed ?? []) : one));
}

export function currentBytes(world: World): number {
  return world.reduce((sum, item) => sum + item.content.sizeBytes, 0);
}

function comparable(world: World): string {
  return world
    .map((item) => JSON.stringify({ ...item, content: item.content.sha256 }))
    .sort()
    .join('\n');
}

/** Drops worlds that are the same. */
export function distinct(worlds: World[]): World[] {
  return [...new Map(worlds.map((world) => [comparable(world), world])).values()];
}
