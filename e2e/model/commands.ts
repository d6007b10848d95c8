import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { checkAll, LATER_MS, rememberSweep } from './books.ts';
import { FAULTS, type Fault, type FaultName } from './fault.ts';
import { cutPushes, finishPull, finishPush, followLink, holdLink, holdPull, holdPush } from './held.ts';
import type { Model } from './model.ts';
import type { Called, Expire, Read } from './op.ts';
import { perform, STRICT } from './perform.ts';
import type { Done } from './possible.ts';
import { type RawOp, type RawRef, type Role, rawOp, rawOpAlone, rawPush, ref } from './raw.ts';
import { aim, resolve, resolvePush, resolveRef } from './resolve.ts';
import type { Session } from './session.ts';
import { OK } from './step.ts';

type Command = fc.AsyncCommand<Model, Session>;

/** Makes commands of raw values; each is counted and written down before it runs. */
function command<Raw>(
  name: string,
  raw: fc.Arbitrary<Raw>,
  run: (session: Session, raw: Raw) => Promise<void>,
  canRun: (model: Readonly<Model>, raw: Raw) => boolean = () => true,
): fc.Arbitrary<Command> {
  return raw.map((value) => ({
    check: (model) => canRun(model, value),
    async run(_model, session) {
      session.tally.add(`step: ${name}`);
      session.note(`${name} ${JSON.stringify(value)}`);
      await run(session, value);
    },
    toString: () => `${name} ${JSON.stringify(value)}`,
  }));
}

/** Acts at the same time: on anything, or all on the same artifact. */
const ops = (minLength: number, maxLength: number) =>
  fc.record({
    all: fc.array(rawOp, { minLength, maxLength }),
    target: fc.option(fc.nat(50), { nil: undefined, freq: 2 }),
  });
type RawOps = { all: RawOp[]; target?: number };

const pick = fc.nat(50);

function resolveAll(model: Model, { all, target }: RawOps): Called[] {
  const aimed = target === undefined ? all : all.map((raw) => aim(model, raw, target));
  return aimed.map((raw) => resolve(model, raw));
}

/** How many of a kind are held at once. */
const MOST_HELD = 3;
type Held = 'pushes' | 'pulls' | 'links';
const isRoom = (held: Held) => (model: Readonly<Model>) => model[held].length < MOST_HELD;
const isAny = (held: Held) => (model: Readonly<Model>) => model[held].length > 0;
/** One of those that are held, which is not any longer. */
const take = <T>(held: T[], pick: number): T[] => held.splice(pick % held.length, 1);

const heldPush = fc.record({ part: fc.nat(999), push: rawPush, who: fc.constantFrom('ada', 'bob') });
const heldRead = fc.record({ ref, role: fc.constantFrom('owner', 'owner', 'stranger', 'nobody') });
type RawHeldRead = { ref: RawRef; role: Role };

function heldReadOf({ model }: Session, { ref, role }: RawHeldRead): Read {
  return { kind: 'pull', ...resolveRef(model, ref, role), cut: null };
}

async function finishHeldPush({ model }: Session, pick: number): Promise<Done[]> {
  return Promise.all(take(model.pushes, pick).map(finishPush));
}

const holding = [
  command(
    'hold a push',
    heldPush,
    (session, { part, push, who }) =>
      holdPush(session, resolvePush(session.model, { ...push, who, cut: null }), part / 1000),
    isRoom('pushes'),
  ),
  command(
    'hold a pull',
    heldRead,
    (session, raw) => holdPull(session, heldReadOf(session, raw)),
    isRoom('pulls'),
  ),
  command(
    'keep a link',
    heldRead,
    (session, raw) => holdLink(session, heldReadOf(session, raw)),
    isRoom('links'),
  ),
];

const finishing = [
  command(
    'finish a held push',
    fc.record({ pick, ops: ops(0, 2) }),
    (session, { pick, ops }) =>
      perform(session, resolveAll(session.model, ops), STRICT, {
        during: () => finishHeldPush(session, pick),
      }),
    isAny('pushes'),
  ),
  command(
    'cut a held push',
    pick,
    (session, pick) => cutPushes(session, take(session.model.pushes, pick)),
    isAny('pushes'),
  ),
  command(
    'finish a held pull',
    pick,
    async ({ model }, pick) => {
      for (const held of take(model.pulls, pick)) await finishPull(held, false);
    },
    isAny('pulls'),
  ),
  command(
    'follow a link',
    pick,
    async (session, pick) => {
      for (const link of take(session.model.links, pick)) await followLink(session, link);
    },
    isAny('links'),
  ),
];

/** Makes the time of artifacts be over, as if days had passed, and lets the housekeeping find them. */
async function expire(
  session: Session,
  raw: { picks: number[]; delayMs: number; ops: RawOps },
): Promise<void> {
  const { model, station } = session;
  const called = resolveAll(model, { ...raw.ops, target: raw.picks[0] });
  const live = model.liveIds();
  const ids = [...new Set(raw.picks.flatMap((pick) => live[pick % live.length] ?? []))];
  await station.sql(`UPDATE artifact SET expires_at = now() - interval '1 second' WHERE id = ANY($1)`, [ids]);
  const dones = ids.map((id): Done => {
    const space = model.ids.get(id) ?? 'ada';
    model.worlds[space] = model.worlds[space].map((world) =>
      world.map((item) => (item.id === id ? { ...item, isOver: true } : item)),
    );
    const op: Expire = { kind: 'expire', space, key: { id } };
    return { op, answer: { kind: 'answered', code: OK, data: null, message: '' } };
  });
  const during = async () => {
    await delay(raw.delayMs);
    await station.keepHouse('expire');
    return dones;
  };
  await perform(session, called, STRICT, { during });
}

/** A sweep that looks ahead takes uploads that are under way, and bytes that links still name. */
async function sweep(
  session: Session,
  raw: { isAhead: boolean; delayMs: number; ops: RawOps },
): Promise<void> {
  const { isAhead } = raw;
  const called = resolveAll(session.model, raw.ops);
  for (const op of called) if (op.kind === 'push' && isAhead) op.swept = 'maybe';
  const during = async () => {
    await delay(raw.delayMs);
    await session.station.keepHouse('sweep', isAhead ? LATER_MS : 0);
    return [];
  };
  await perform(session, called, { ...STRICT, isSwept: isAhead }, { during });
  if (isAhead) rememberSweep(session);
}

const housekeeping = [
  command(
    'expire',
    fc.record({
      picks: fc.array(fc.nat(50), { minLength: 1, maxLength: 2 }),
      delayMs: fc.nat(20),
      ops: ops(0, 2),
    }),
    expire,
  ),
  command('sweep', fc.record({ isAhead: fc.boolean(), delayMs: fc.nat(20), ops: ops(0, 2) }), sweep),
];

/** A server that is killed leaves nobody an answer; one that is told to stop finishes what it has begun. */
async function endHeld(session: Session, name: FaultName): Promise<Done[]> {
  const { model } = session;
  const isStop = name === 'stop server';
  const dones: Done[] = [];
  for (const held of model.pushes.splice(0)) {
    if (isStop) dones.push(await finishPush(held));
    else held.request.destroy();
  }
  for (const held of model.pulls.splice(0)) await finishPull(held, !isStop);
  return dones;
}

async function fail(session: Session, name: FaultName, raw: { delayMs: number; ops: RawOps }): Promise<void> {
  const fault: Fault = FAULTS[name];
  let recover = async () => {};
  const during = async () => {
    await delay(raw.delayMs);
    recover = await fault.strike(session.station);
    return fault.losesAnswers ? endHeld(session, name) : [];
  };
  const tolerance = { ...fault, isSwept: false };
  await perform(session, resolveAll(session.model, raw.ops), tolerance, { during, after: () => recover() });
}

const faults = (Object.keys(FAULTS) as FaultName[]).map((name) =>
  command(`fault: ${name}`, fc.record({ delayMs: fc.nat(30), ops: ops(1, 4) }), (session, raw) =>
    fail(session, name, raw),
  ),
);

/** Everything that a run is made of, by how often it comes. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 60,
    arbitrary: command('one act', rawOpAlone, (session, raw) =>
      perform(session, [resolve(session.model, raw)]),
    ),
  },
  {
    weight: 20,
    arbitrary: command('acts at once', ops(2, 3), (session, raw) =>
      perform(session, resolveAll(session.model, raw)),
    ),
  },
  ...holding.map((arbitrary) => ({ weight: 4, arbitrary })),
  // More often: where nothing is held, they are left out.
  ...finishing.map((arbitrary) => ({ weight: 7, arbitrary })),
  ...housekeeping.map((arbitrary) => ({ weight: 3, arbitrary })),
  ...faults.map((arbitrary) => ({ weight: 1, arbitrary })),
  { weight: 1, arbitrary: command('check everything', fc.constant(null), checkAll) },
);
