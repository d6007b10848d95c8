import { makeContent } from './content.ts';
import type { Model } from './model.ts';
import type { Called, Push, PushFields } from './op.ts';
import type { RawOf, RawOp, RawPush, RawRef, Role } from './raw.ts';
import { find, type Key, type Owner, type Who } from './world.ts';

/** Around the sizes at which pieces, buffers and writes begin anew. */
const PLENTY_SIZES = [0, 1, 200, 5_000, 70_000, 300_000, 1_200_000, 3_000_000];
/** Some fill Cleo's quota in two or three pushes. */
const SMALL_SIZES = [0, 900, 300_000, 400_000, 450_000, 600_000, 700_000, 1_100_000];
const NO_ID = '0'.repeat(24);

function pickId(ids: string[], pick: number): string {
  return ids[pick % ids.length] ?? NO_ID;
}

function whoIs(role: Role, space: Owner): Who {
  if (role === 'nobody') return 'nobody';
  return role === 'owner' ? space : space === 'ada' ? 'bob' : 'ada';
}

interface Meant {
  who: Who;
  space: Owner;
  key: Key;
  sent: { id?: string; name?: string };
}

/** Which artifact a text or an id means to whom: contract 4.10. */
export function resolveRef(model: Model, raw: RawRef, role: Role): Meant {
  if (raw.by === 'id') {
    const id = pickId(raw.live ? model.liveIds() : [...model.ids.keys()], raw.pick);
    const space = model.ids.get(id) ?? 'ada';
    return { who: whoIs(role, space), space, key: { id }, sent: { id } };
  }
  const who = whoIs(role, raw.of);
  if (raw.isFull)
    return { who, space: raw.of, key: { name: raw.name }, sent: { name: `${raw.of}/${raw.name}` } };
  if (who === 'nobody') return { who, space: raw.of, key: 'none', sent: { name: raw.name } };
  return { who, space: who, key: { name: raw.name }, sent: { name: raw.name } };
}

function other(who: Owner): Owner {
  return who === 'ada' ? 'bob' : 'ada';
}

function pushTarget(
  model: Model,
  who: Owner,
  raw: RawPush['target'],
): Pick<Push, 'space' | 'key' | 'name'> & { fields: PushFields } {
  if ('pick' in raw) {
    const live = model.liveIds();
    const own = live.filter((one) => model.ids.get(one) === who);
    const id = pickId(raw.isAnybodys || own.length === 0 ? live : own, raw.pick);
    const space = model.ids.get(id) ?? who;
    // Whether Cleo's upload fits would depend on two namespaces at once.
    if (who !== 'cleo' || space === who) {
      const name = raw.name === undefined ? null : { stored: raw.name };
      return { space, key: { id }, name, fields: { id, ...(raw.name && { name: raw.name }) } };
    }
  }
  if (!('style' in raw)) return { space: who, key: null, name: null, fields: {} };
  if (raw.style === 'foreign')
    return { space: who, key: null, name: 'foreign', fields: { name: `${other(who)}/${raw.name}` } };
  const name = raw.style === 'own' ? `${who}/${raw.name}` : raw.name;
  return { space: who, key: { name: raw.name }, name: { stored: raw.name }, fields: { name } };
}

export function resolvePush(model: Model, raw: RawPush): Push {
  const caller = raw.who === 'nobody' ? 'ada' : raw.who;
  const { fields, ...meant } = pushTarget(model, caller, raw.target);
  const there = meant.key && find(model.worlds[meant.space][0] ?? [], meant.key);
  const sizes = caller === 'cleo' ? SMALL_SIZES : PLENTY_SIZES;
  model.contents += 1;
  const content =
    raw.isAgain && there
      ? there.content
      : makeContent(`${model.contents}-${raw.who}`, sizes[raw.size % sizes.length] ?? 0);
  const { public: isPublic, metaData: text, isDocumentArray, isAnnounced, cut } = raw;
  const rest = { type: isDocumentArray ? 'documentArray' : undefined, public: isPublic, metaData: text };
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  const all = { ...fields, ...Object.fromEntries(given) };
  return { kind: 'push', who: raw.who, cut, ...meant, fields: all, content, isAnnounced, swept: 'no' };
}

function resolveUpdate(model: Model, raw: RawOf<'update'>): Called {
  const { who, space, key } = resolveRef(model, { by: 'id', pick: raw.pick, live: true }, raw.role);
  const isForeign = raw.name === 'foreign';
  const name = raw.name === undefined ? null : isForeign ? 'foreign' : { stored: raw.name };
  const given = {
    name: isForeign ? `${other(space)}/x` : raw.name,
    public: raw.public,
    metaData: raw.metaData,
  };
  const fields = { id: (key as { id: string }).id, ...given };
  return { kind: 'update', who, space, key, name, fields, cut: raw.cut };
}

function resolveDeleteMany(model: Model, raw: RawOf<'deleteMany'>): Called {
  const ids = raw.picks.map((pick) => pickId(model.liveIds(), pick));
  const own = ids.filter((id) => model.ids.get(id) === raw.who);
  const keys = [...own.map((id) => ({ id })), ...raw.names.map((stored) => ({ name: stored }))];
  return {
    kind: 'deleteMany',
    who: raw.who,
    space: raw.who,
    keys,
    sent: { ids, names: raw.names },
    cut: raw.cut,
  };
}

/** The act done to the artifact that the number picks, by its owner where only an owner can do it. */
export function aim(model: Model, raw: RawOp, pick: number): RawOp {
  const id = pickId(model.liveIds(), pick);
  const owner = model.ids.get(id) ?? 'ada';
  const name = find(model.worlds[owner][0] ?? [], { id })?.name ?? null;
  switch (raw.kind) {
    case 'push':
      return 'style' in raw.target && raw.target.style !== 'foreign' && name !== null
        ? { ...raw, who: owner, target: { ...raw.target, name } }
        : { ...raw, who: owner, target: { name: undefined, ...raw.target, pick, isAnybodys: true } };
    case 'update':
      return { ...raw, pick };
    case 'deleteMany':
      return { ...raw, who: owner, picks: [pick] };
    case 'list':
      return raw;
    default:
      return {
        ...raw,
        ref:
          raw.ref.by === 'name' && name !== null
            ? { ...raw.ref, of: owner, name }
            : { by: 'id', pick, live: true },
      };
  }
}

/** What a raw act means now. */
export function resolve(model: Model, raw: RawOp): Called {
  switch (raw.kind) {
    case 'push':
      return resolvePush(model, raw);
    case 'update':
      return resolveUpdate(model, raw);
    case 'deleteMany':
      return resolveDeleteMany(model, raw);
    case 'delete':
      return { kind: 'delete', ...resolveRef(model, raw.ref, raw.role), cut: raw.cut };
    case 'list':
      return {
        kind: 'list',
        who: raw.who,
        space: raw.who === 'nobody' ? 'ada' : raw.who,
        query: raw.query,
        cut: null,
      };
    default:
      return { kind: raw.kind, ...resolveRef(model, raw.ref, raw.role), cut: null };
  }
}
