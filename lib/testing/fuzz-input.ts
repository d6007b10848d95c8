import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect } from 'vitest';
import { z } from 'zod';
import { isFault } from '#lib/errors.ts';
import { readInput } from '#lib/http/input.ts';
import type { PlainRequest } from '#lib/http/message.ts';
import {
  filter,
  optionalBoolean,
  optionalInteger,
  optionalJsonText,
  optionalText,
  requiredText,
  sort,
  textList,
} from '#lib/rpc/inputs.ts';
import { type Fuzz, fuzz } from '#lib/testing/fuzz.ts';
import { keptBodies, keptQueries, keptValues } from '#lib/testing/fuzz-kept.ts';
import { anything, type Sent, scraps, TYPES } from '#lib/testing/hard-bodies.ts';

function plainPost({ type, body, query }: Sent): PlainRequest {
  return {
    verb: 'POST',
    path: '/v2/rpc/artifact.list',
    query,
    header: (name) => (name === 'content-type' ? type : undefined),
    headerNames: () => ['content-type'],
    body: Readable.from([body]),
    address: null,
    requestId: 'fuzz',
    receivedAt: new Date(0),
    gone: () => new AbortController().signal,
  };
}

/** Every shape of an input that a method may ask for. */
const everyShape = z.object({
  text: optionalText,
  id: requiredText,
  flag: optionalBoolean,
  count: optionalInteger(-1_000_000, 1_000_000),
  list: textList,
  filter,
  sort,
  metaData: optionalJsonText,
});
/** The result; null for a Fault of a kind that a body may bring about. @throws anything else. */
async function read(sent: Sent): Promise<Record<string, unknown> | null> {
  try {
    return await readInput(plainPost(sent));
  } catch (error) {
    if (!isFault(error)) throw error;
    expect(['invalid', 'too-large', 'broken-upload']).toContain(error.kind);
    return null;
  }
}

const anyText = fc.string({ unit: 'binary', maxLength: 20 });
const jsonObject = fc
  .dictionary(anyText, fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }), { maxKeys: 4 })
  // JSON knows no -0.
  .map((value): Record<string, unknown> => JSON.parse(JSON.stringify(value)));

/** What a Python program means. */
const meant = fc.record({
  text: anyText,
  id: fc.string({ unit: 'grapheme', maxLength: 20 }),
  flag: fc.boolean(),
  count: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  list: fc.array(anyText, { maxLength: 4 }),
  filter: jsonObject,
  metaData: jsonObject,
});

type Meant = typeof meant extends fc.Arbitrary<infer Value> ? Value : never;

/** As `str()` and `json.dumps` write them into forms (contract 1.4). */
function asPairs({ text, id, flag, count, list, ...objects }: Meant): [string, string][] {
  return [
    ['text', text],
    ['id', id],
    ['flag', flag ? 'True' : 'False'],
    ['count', String(count)],
    ...list.map((item): [string, string] => ['list', item]),
    ['filter', JSON.stringify(objects.filter)],
    ['metaData', JSON.stringify(objects.metaData)],
  ];
}

function encode(value: Meant, how: keyof typeof TYPES): Sent {
  const pairs = asPairs(value);
  const bodies = {
    json: () => JSON.stringify({ ...value, metaData: JSON.stringify(value.metaData) }),
    form: () => new URLSearchParams(pairs).toString(),
    multipart: () =>
      `${pairs.map(([name, text]) => `--b0undary\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`).join('')}--b0undary--\r\n`,
  };
  return { type: TYPES[how], body: Buffer.from(bodies[how]()), query: '' };
}

/** The text of one half of a pair, a character a byte; null when its bytes are no UTF-8. */
function decodeObviously(raw: string): string | null {
  const spaced = raw.replaceAll('+', ' ');
  const byte = (_all: string, digits: string) => String.fromCharCode(Number.parseInt(digits, 16));
  const bytes = Buffer.from(spaced.replaceAll(/%([0-9a-f]{2})/gi, byte), 'latin1');
  return isUtf8(bytes) ? bytes.toString() : null;
}

/** What must hold for the readers of JSON, forms and queries, and for the shapes of inputs. */
export const inputFuzz: Fuzz[] = [
  fuzz({
    name: 'any body with any query is an input or a Fault, and every shape takes or refuses it',
    inputs: anything,
    kept: keptBodies,
    async holds(sent) {
      const fields = await read(sent);
      if (fields === null) return;
      const parsed = everyShape.safeParse(fields, { reportInput: true });
      if (parsed.success) expect(typeof parsed.data.id).toBe('string');
      else expect(parsed.error.issues[0]?.message).toBeTypeOf('string');
    },
  }),
  fuzz({
    name: 'a value means the same as JSON, as a form and as multipart',
    inputs: meant,
    kept: keptValues,
    async holds(value) {
      for (const how of ['json', 'form', 'multipart'] as const) {
        const parsed = everyShape.parse(await readInput(plainPost(encode(value, how))));
        expect(parsed, how).toEqual({ ...value, sort: [], metaData: JSON.stringify(value.metaData) });
      }
    },
  }),
  fuzz({
    name: 'a query means what its bytes say, decoded one after the other, or is refused as no UTF-8',
    inputs: scraps,
    kept: keptQueries,
    async holds(bytes) {
      const query = bytes.toString('latin1');
      const pairs = query
        .split('&')
        .filter(Boolean)
        .map((pair) => /^([^=]*)=?(.*)$/s.exec(pair)?.slice(1).map(decodeObviously) ?? []);
      const fields = await read({ type: undefined, body: Buffer.alloc(0), query });
      if (fields === null) expect(pairs.flat()).toContain(null);
      else
        for (const [name = '', value] of pairs)
          expect([fields[String(name).replace(/\[\]$/, '')]].flat()).toContain(value);
    },
  }),
];
