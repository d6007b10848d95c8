import { type Answer, match, UNAVAILABLE } from './answer.ts';
import type { Op } from './op.ts';
import { OK, step } from './step.ts';
import { distinct, type World } from './world.ts';

/** An act and how it ended. */
export interface Done {
  op: Op;
  answer: Answer;
}

interface Surroundings {
  inFlightBytes: number;
  isAlone: boolean;
}

function mayHaveBeen({ op, answer }: Done, world: World, { inFlightBytes, isAlone }: Surroundings): World[] {
  if (answer.kind === 'not done') return [world];
  const outcomes = step(world, op, inFlightBytes);
  if (answer.kind === 'lost' || answer.code === UNAVAILABLE)
    return [world, ...outcomes.filter(({ code }) => code === OK).map((outcome) => outcome.world)];
  return outcomes.map((outcome) => match(outcome, op, answer, isAlone)).filter((after) => after !== null);
}

function* orders<T>(all: T[]): Generator<T[]> {
  if (all.length === 0) yield [];
  for (const [at, first] of all.entries())
    for (const rest of orders(all.toSpliced(at, 1))) yield [first, ...rest];
}

/** What a form is longer than its file: an announced length counts it too, until the upload has come in. */
const MAX_ENVELOPE_BYTES = 2_000;

/** Bytes of the quota that an upload may hold while it is under way, or left behind by a fault. */
export function inFlight(op: Op): number {
  return op.kind === 'push' ? op.content.sizeBytes + (op.isAnnounced ? MAX_ENVELOPE_BYTES : 0) : 0;
}

/** Bytes that uploads other than `one` may have in flight. */
function inFlightBeside(one: Done, all: Done[]): number {
  const others = all.filter((other) => other !== one);
  return others.reduce((sum, { op }) => sum + inFlight(op), 0);
}

/**
 * The worlds that there may be after acts on one namespace that took place at the same time: those that some order of
 * the acts explains, answers and all. None when nothing explains what was seen.
 */
export function narrow(worlds: World[], all: Done[], leftInFlightBytes: number): World[] {
  const found: World[] = [];
  for (const order of orders(all)) {
    let current = worlds;
    for (const done of order) {
      const inFlightBytes = leftInFlightBytes + inFlightBeside(done, all);
      const around = { inFlightBytes, isAlone: all.length === 1 };
      current = distinct(current.flatMap((world) => mayHaveBeen(done, world, around)));
    }
    found.push(...current);
  }
  return distinct(found);
}
