import { TRASH_DAYS } from '#lib/artifacts/trash.ts';
import { DAY_MS } from '#lib/clock.ts';
import { cutPushes, finishPull } from './held.ts';
import type { Read } from './op.ts';
import { look, perform } from './perform.ts';
import type { Session } from './session.ts';
import type { Station } from './station.ts';
import { currentBytes, OWNERS, type Owner, SMALL_QUOTA_BYTES, type World } from './world.ts';

/** Far enough for every lease and every link of now to be over. */
export const LATER_MS = 3_600_000;
/** Far enough for all that is in the trash now to leave it. */
const AFTER_TRASH_MS = TRASH_DAYS * DAY_MS + LATER_MS;

/** What is known once a sweep has looked ahead: uploads that are open fail, and links to what is gone lead nowhere. */
export function rememberSweep({ model }: Session): void {
  model.leftBytes = 0;
  for (const { op } of model.pushes) op.swept = 'yes';
  for (const link of model.links) link.mayBeGone = true;
}

/** Sweeps as if it were later. */
async function sweepLater(session: Session): Promise<void> {
  await session.station.keepHouse('sweep', LATER_MS);
  rememberSweep(session);
}

interface Counters {
  slug: Owner;
  used: number;
  current: number;
  versions: number;
  live: number;
}

async function checkUsage(station: Station, worlds: Record<Owner, World>): Promise<void> {
  const rows = await station.sql<Counters>(
    `SELECT n.slug, u.used_bytes::float8 AS used, u.current_bytes::float8 AS current,
      (SELECT coalesce(sum(v.size_bytes), 0) FROM artifact_version v JOIN artifact a ON a.id = v.artifact_id
        WHERE a.namespace_id = n.id AND a.deleted_at IS NULL)::float8 AS versions,
      (SELECT coalesce(sum(a.size_bytes), 0) FROM artifact a
        WHERE a.namespace_id = n.id AND a.deleted_at IS NULL)::float8 AS live
     FROM namespace n JOIN namespace_usage u ON u.namespace_id = n.id WHERE n.slug = ANY($1)`,
    [OWNERS],
  );
  for (const { slug, used, current, versions, live } of rows) {
    const expected = currentBytes(worlds[slug]);
    if (used === versions && current === live && live === expected) continue;
    throw new Error(
      `${slug} uses ${used} bytes, the sum of the versions is ${versions}; ${current} of current ones, their sum is ${live}, and it should be ${expected}`,
    );
  }
  const cleo = rows.find(({ slug }) => slug === 'cleo');
  if (cleo && cleo.current > SMALL_QUOTA_BYTES) throw new Error(`cleo has ${cleo.current} bytes`);
}

async function checkVersions(station: Station, worlds: Record<Owner, World>): Promise<void> {
  const rows = await station.sql<{ id: string; versions: number }>(
    'SELECT artifact_id AS id, count(*)::int AS versions FROM artifact_version GROUP BY artifact_id',
  );
  const kept = new Map(rows.map(({ id, versions }) => [id, versions]));
  for (const item of [...worlds.ada, ...worlds.bob])
    if (kept.get(item.id ?? '') !== item.versions)
      throw new Error(`${kept.get(item.id ?? '')} versions of ${JSON.stringify(item)}`);
}

/** What an answer has told of is there, or whole in the trash: until that is emptied, nothing is lost. */
async function checkTrash({ model, station }: Session): Promise<void> {
  const rows = await station.sql<{ id: string; isTrashed: boolean; versions: number }>(
    `SELECT id, deleted_at IS NOT NULL AS "isTrashed",
      (SELECT count(*)::int FROM artifact_version WHERE artifact_id = a.id) AS versions FROM artifact a`,
  );
  const live = new Set(model.liveIds());
  const trash = new Map(rows.filter(({ isTrashed }) => isTrashed).map(({ id, versions }) => [id, versions]));
  for (const id of model.ids.keys()) {
    if (live.has(id) === trash.has(id)) throw new Error(`${id} is both there and in the trash, or neither`);
  }
  for (const [id, versions] of trash) if (versions === 0) throw new Error(`${id} has lost its versions`);
  const inNeither = rows.filter(({ id, isTrashed }) => !isTrashed && !live.has(id));
  if (inNeither.length > 0) throw new Error(`nobody knows of ${JSON.stringify(inNeither)}`);
}

/** Each blob has an owner and its file, and nothing else is there. */
async function checkBlobs(station: Station): Promise<void> {
  const rows = await station.sql<{ id: string; state: string; size: number; owners: number }>(
    `SELECT b.id, b.state, b.size_bytes::float8 AS size,
      (SELECT count(*)::int FROM artifact_version v WHERE v.blob_id = b.id)
        + (SELECT count(*)::int FROM executor_commit c WHERE c.blob_id = b.id) AS owners FROM blob b`,
  );
  const wrong = rows.filter(({ state, owners }) => state !== 'committed' || owners !== 1);
  if (wrong.length > 0) throw new Error(`blobs without an owner after the sweep: ${JSON.stringify(wrong)}`);
  const files = station.files();
  for (const { id, size } of rows)
    if (files.get(id) !== size) throw new Error(`blob ${id} of ${size} bytes: file of ${files.get(id)}`);
  const known = new Set(rows.map(({ id }) => id));
  const strays = [...files].filter(([key]) => !known.has(key));
  if (strays.length > 0) throw new Error(`files that no blob owns: ${JSON.stringify(strays)}`);
  const findings = await station.keepHouse('verify');
  if (findings !== '') throw new Error(`verify: ${findings}`);
}

/** Everybody pulls everything. */
async function checkBytes(session: Session, space: Owner, world: World): Promise<void> {
  const stranger = space === 'ada' ? 'bob' : 'ada';
  for (const { id } of world) {
    if (id === null) throw new Error('a list has not told an id');
    const read = { kind: 'pull', space, key: { id }, sent: { id }, cut: null } as const;
    const reads: Read[] = [
      { ...read, who: space },
      { ...read, who: stranger },
      { ...read, who: 'nobody' },
    ];
    for (const one of reads) await perform(session, [one]);
  }
}

/** What a list and the details leave of the worlds of a namespace: one. */
async function onlyWorld(session: Session, space: Owner): Promise<World> {
  const { worlds } = session.model;
  await look(session, space);
  for (const { id } of worlds[space][0] ?? []) {
    const sent = { id: id ?? '' };
    await perform(session, [{ kind: 'detail', who: space, space, key: sent, sent, cut: null }]);
  }
  const [world, ...others] = worlds[space];
  if (!world || others.length > 0)
    throw new Error(`${JSON.stringify([world, ...others])} cannot be told apart`);
  return world;
}

/**
 * Lets go of what is held, then compares everything with the model: lists, bytes for everybody, counters, versions,
 * the trash, blobs and files after a sweep, digests.
 */
export async function checkAll(session: Session): Promise<void> {
  const { model, station } = session;
  await cutPushes(session, model.pushes.splice(0));
  for (const held of model.pulls.splice(0)) await finishPull(held, false);
  await station.keepHouse('expire');
  await sweepLater(session);
  for (const space of OWNERS) await checkBytes(session, space, await onlyWorld(session, space));
  const [ada = [], bob = [], cleo = []] = OWNERS.map((space) => model.worlds[space][0]);
  await checkUsage(station, { ada, bob, cleo });
  await checkVersions(station, { ada, bob, cleo });
  await checkTrash(session);
  await checkBlobs(station);
}

/** Deletes everything of everybody; it takes no space any more, and once the trash is emptied nothing may be left. */
export async function clear(session: Session): Promise<void> {
  const { model, station } = session;
  for (const space of OWNERS) {
    const ids = (model.worlds[space][0] ?? []).flatMap(({ id }) => id ?? []);
    const keys = ids.map((id) => ({ id }));
    await perform(session, [
      { kind: 'deleteMany', who: space, space, keys, sent: { ids, names: [] }, cut: null },
    ]);
  }
  for (const space of OWNERS) model.worlds[space] = [[]];
  await sweepLater(session);
  await checkUsage(station, { ada: [], bob: [], cleo: [] });
  await checkTrash(session);
  await checkBlobs(station);
  await station.keepHouse('purge', AFTER_TRASH_MS);
  await sweepLater(session);
  const left = await station.sql(
    'SELECT FROM blob UNION ALL SELECT FROM artifact UNION ALL SELECT FROM artifact_version',
  );
  if (left.length > 0 || station.files().size > 0)
    throw new Error(`${left.length} rows and ${station.files().size} files are left`);
}
