import fc from 'fast-check';
import { expect } from 'vitest';
import { isFault } from '#lib/errors.ts';
import { readParts } from '#lib/http/multipart.ts';
import { type Fuzz, fuzz } from '#lib/testing/fuzz.ts';
import { keptForms } from '#lib/testing/fuzz-kept.ts';
import { damaged, type Form, garbage, wholeForms } from '#lib/testing/multipart-forms.ts';
import { type Outcome, type ReadPart, readWhole } from '#lib/testing/multipart-reference.ts';

/** The only ways in which reading a body may fail. */
const ALLOWED_ENDS = new Set(['closed', 'invalid', 'broken-upload']);

/** What is used up is overwritten, as memory is that was given back. */
function scribble(piece: Uint8Array): void {
  piece.fill('-'.charCodeAt(0));
}

/** Reads as a push does: files as bytes, everything else as text. @throws what is no Fault. */
async function readPieces(body: AsyncIterable<Uint8Array>, boundary: string): Promise<Outcome> {
  const parts: ReadPart[] = [];
  try {
    for await (const part of readParts(body, boundary, scribble)) {
      const { name, isFile } = part;
      const pieces: Uint8Array[] = [];
      if (isFile) for await (const piece of part.body) pieces.push(Buffer.from(piece));
      else pieces.push(Buffer.from(await part.text()));
      parts.push({ name, isFile, content: Buffer.concat(pieces) });
    }
    return { parts, end: 'closed' };
  } catch (error) {
    if (!isFault(error)) throw error;
    return { parts, end: error.kind };
  }
}

/** A body in pieces; each is a copy, so that a reader that looks beyond its end finds something else. */
function inPieces(body: Buffer, cuts: number[]): AsyncIterable<Uint8Array> {
  const ends = [...cuts.map((cut) => cut % (body.length + 1)).sort((a, b) => a - b), body.length];
  let start = 0;
  const next = async () => {
    const end = ends.shift();
    if (end === undefined) return { done: true as const, value: undefined };
    const value = Uint8Array.prototype.slice.call(body, start, end);
    start = end;
    return { done: false as const, value };
  };
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

function areEqual(one: Outcome, other: Outcome): boolean {
  return (
    one.end === other.end &&
    one.parts.length === other.parts.length &&
    one.parts.every(({ name, isFile, content }, at) => {
      const same = other.parts[at];
      return same?.name === name && same.isFile === isFile && same.content.equals(content);
    })
  );
}

/** Reads the body whole, cut in two at every byte, cut into bytes, and cut as it says; all must come to the same. */
async function readEveryWay({ boundary, body, cuts }: Form): Promise<Outcome> {
  const whole = await readPieces(inPieces(body, []), boundary);
  const ways = [cuts, [...body.keys()], ...[...body.keys()].map((at) => [at])];
  for (const way of ways) {
    const outcome = await readPieces(inPieces(body, way), boundary);
    if (!areEqual(outcome, whole)) expect(outcome, `cut at ${way}`).toEqual(whole);
  }
  return whole;
}

/** What must hold for the multipart reader. */
export const multipartFuzz: Fuzz[] = [
  fuzz({
    name: 'a form gives back every byte of its parts, cut at every byte and in many pieces',
    inputs: wholeForms,
    kept: [],
    async holds({ parts, form }) {
      const outcome = await readEveryWay(form);
      expect(outcome).toEqual({ parts, end: 'closed' });
      expect(outcome).toEqual(readWhole(form.body, form.boundary));
    },
  }),
  fuzz({
    name: 'what is no form, or is damaged, is read or refused, cut anywhere to the same end',
    inputs: fc.oneof({ arbitrary: damaged, weight: 4 }, garbage),
    kept: keptForms,
    async holds(form) {
      const outcome = await readEveryWay(form);
      expect(ALLOWED_ENDS).toContain(outcome.end);
      const expected = readWhole(form.body, form.boundary);
      if (expected) expect(outcome).toEqual(expected);
    },
  }),
];
