import { type Answer, type Shown, UNAVAILABLE } from './answer.ts';
import { call } from './call.ts';
import { describeBytes } from './content.ts';
import type { Fault } from './fault.ts';
import { type Called, opText } from './op.ts';
import { type Done, inFlight, narrow } from './possible.ts';
import type { Session } from './session.ts';
import { OK, step } from './step.ts';
import { OWNERS, type Owner } from './world.ts';

/** What a download answers whose bytes a sweep has removed. */
export const GONE = '404/40401';
/** Above that many worlds of one namespace, a list is asked for, which leaves one. */
const MANY_WORLDS = 12;

/** What may happen to acts besides what their worlds say. */
export type Tolerance = Pick<Fault, 'losesAnswers' | 'isDatabaseAway'> & {
  /** A sweep runs meanwhile that takes what is not needed at once. */
  isSwept: boolean;
};
export const STRICT: Tolerance = { losesAnswers: false, isDatabaseAway: false, isSwept: false };

function shownText(data: unknown): string {
  const { _id, name, visibility, size, sha256, version, metaData } = (data ?? {}) as Shown;
  if (!sha256) return JSON.stringify(data);
  const text = JSON.stringify([_id, name, visibility, metaData]);
  return `${text} ${size} bytes ${sha256.slice(0, 8)} v${version}`;
}

function answerText(answer: Answer): string {
  if (answer.kind !== 'answered') return 'why' in answer ? `lost (${answer.why})` : answer.kind;
  const { code, data, file, total } = answer;
  if (file?.bytes) return `${code}, ${file.isWhole ? '' : 'a part, '}${describeBytes(file.bytes)}`;
  if (file) return `${code}, download ${file.code}`;
  if (code !== OK) return `${code} ${answer.message}`;
  return Array.isArray(data)
    ? `${code} ${data.length} of ${total}: ${data.map(shownText)}`
    : `${code} ${shownText(data)}`;
}

/** Nobody may go without an answer, or with half of one, unless a fault explains it. */
function checkManners({ op, answer }: Done, tolerance: Tolerance): void {
  if (op.kind === 'expire') return;
  const fail = (what: string) => {
    throw new Error(`${opText(op)}: ${what}`);
  };
  if (answer.kind === 'lost' && op.cut !== 'unheard' && !tolerance.losesAnswers) fail(answerText(answer));
  if (answer.kind === 'not done' && op.cut === null && !tolerance.losesAnswers)
    fail('the server was not there');
  if (answer.kind !== 'answered') return;
  if (answer.code === UNAVAILABLE && !tolerance.isDatabaseAway) fail(answerText(answer));
  if (op.kind !== 'pull' || answer.code !== OK || tolerance.losesAnswers) return;
  if (!answer.file) fail('the download was not answered');
  if (answer.file?.bytes && !answer.file.isWhole) fail(`the download ended early: ${answerText(answer)}`);
}

/** A link whose bytes a sweep may remove before they are asked for tells nothing when they are gone. */
function forgiveGone(answer: Answer, { isSwept }: Tolerance): Answer {
  const isGone = answer.kind === 'answered' && answer.file?.code === GONE;
  return isGone && isSwept ? { ...answer, file: null } : answer;
}

function learnIds({ model }: Session, { op, answer }: Done): void {
  if (answer.kind !== 'answered' || answer.code !== OK || !answer.data) return;
  const shown = (Array.isArray(answer.data) ? answer.data : [answer.data]) as Shown[];
  for (const { _id } of shown) if (_id) model.ids.set(_id, op.space);
}

function explain({ model }: Session, space: Owner, done: Done[]): string {
  const lines = done.map(({ op, answer }) => `  ${opText(op)}\n    -> ${answerText(answer)}`);
  const worlds = model.worlds[space].map((world) => `  ${JSON.stringify(world)}`);
  const expected = model.worlds[space].flatMap((world) =>
    done.length > 1
      ? []
      : done.flatMap(({ op }) =>
          step(world, op, 0).map(({ code, world: after }) => `  ${code} ${JSON.stringify(after)}`),
        ),
  );
  return `Nothing explains what was seen of ${space}:\n${lines.join('\n')}\nbefore, one of:\n${worlds.join('\n')}\nexpected, one of:\n${expected.join('\n')}`;
}

/** What uploads leave behind while something goes wrong counts against the quota until the next sweep. */
function countLeftovers({ model }: Session, { op }: Done, { losesAnswers, isDatabaseAway }: Tolerance): void {
  if (op.kind === 'push' && op.who === 'cleo' && (losesAnswers || isDatabaseAway))
    model.leftBytes += inFlight(op);
}

/** What is hidden is told in the same words as what is not there. */
function checkSentence({ absentSentences }: Session, { op, answer }: Done): void {
  const isRead = op.kind === 'pull' || op.kind === 'detail';
  if (!isRead || answer.kind !== 'answered' || !/^40[14]/.test(answer.code)) return;
  const usual = absentSentences.get(answer.code) ?? answer.message;
  absentSentences.set(answer.code, usual);
  if (answer.message !== usual) throw new Error(`${opText(op)}: "${answer.message}" instead of "${usual}"`);
}

/** Learns from acts that took place at the same time. @throws when no order of them explains all answers. */
function learn(session: Session, all: Done[], tolerance: Tolerance): void {
  const { model, tally } = session;
  const seen = all.map(({ op, answer }) => ({ op, answer: forgiveGone(answer, tolerance) }));
  for (const done of seen) {
    session.note(`  ${opText(done.op)} -> ${answerText(done.answer)}`);
    tally.add(`act: ${done.op.kind}`);
    if (done.answer.kind === 'lost') tally.add('answers: lost');
    if (done.answer.kind === 'answered') tally.add(`answers: ${done.answer.code}`);
    checkManners(done, tolerance);
    checkSentence(session, done);
    countLeftovers(session, done, tolerance);
  }
  for (const space of OWNERS) {
    const ofSpace = seen.filter(({ op }) => op.space === space);
    if (ofSpace.length === 0) continue;
    const worlds = narrow(model.worlds[space], ofSpace, model.leftBytes);
    if (worlds.length === 0) throw new Error(explain(session, space, ofSpace));
    model.worlds[space] = worlds;
    if (worlds.length > 1) session.note(`  ${worlds.length} worlds of ${space}`);
    for (const done of ofSpace) learnIds(session, done);
  }
}

/** What happens while acts are under way. */
export interface Beside {
  /** @returns what else was done meanwhile. */
  during(): Promise<Done[]>;
  /** Puts things in order before anybody calls again. */
  after?(): Promise<void>;
}

/** Does the acts at once, and something beside them; learns from the answers when all is over. */
export async function perform(
  session: Session,
  ops: Called[],
  tolerance: Tolerance = STRICT,
  beside: Beside = { during: async () => [] },
): Promise<void> {
  const { station, model } = session;
  const calls = ops.map(async (op) => ({ op, answer: await call(station, op) }));
  const [done, others] = await Promise.all([Promise.all(calls), beside.during()]);
  await beside.after?.();
  learn(session, [...done, ...others], tolerance);
  for (const space of OWNERS) if (model.worlds[space].length > MANY_WORLDS) await look(session, space);
}

/** Has the owner list everything, which leaves one world. */
export async function look(session: Session, space: Owner): Promise<void> {
  const query = { filter: {}, sort: {} };
  await perform(session, [{ kind: 'list', who: space, space, query, cut: null }]);
}
