import fc from 'fast-check';
import { expect } from 'vitest';
import { metaDataToKeep, requireMetaData } from '#lib/artifacts/meta-data.ts';
import { isFault } from '#lib/errors.ts';
import { type Fuzz, fuzz } from '#lib/testing/fuzz.ts';
import { keptMetaData } from '#lib/testing/fuzz-kept.ts';

const HARD_CHARACTERS = [
  '\0',
  '\n',
  '\r',
  '\u007f',
  '\u0085',
  '\ud800',
  '\udfff',
  '\u2028',
  '\ufeff',
  '\uffff',
  '🚀',
  'e\u0301',
  'é',
  '/',
  '%',
  '\\',
  '\u202e',
];
const hardText = fc
  .array(fc.oneof(fc.constantFrom(...HARD_CHARACTERS), fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''));

/** Texts that somebody may want for a name; most of them are one, some are too long. */
export const names: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: hardText, weight: 4 },
  fc.constantFrom(
    '.',
    '..',
    'a/../b',
    '/',
    'a'.repeat(255),
    'a'.repeat(256),
    '東'.repeat(85),
    '東'.repeat(86),
    '__proto__',
  ),
);

const jsonNumbers = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '1.50',
    '1E5',
    '12345678901234567890',
    '5e-324',
    '1e308',
    '1e999',
    '0.1e-400',
    '-1.0e+2',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const jsonStrings = hardText.chain((text) =>
  fc.constantFrom(
    JSON.stringify(text),
    JSON.stringify(text).replaceAll(
      /[^ -~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    '"\\u0000"',
    '"\\/"',
  ),
);
/** The members of an object; no key comes twice, of which V8 does not always take the last. */
function members(value: fc.Arbitrary<string>, separator: string, maxLength: number): fc.Arbitrary<string> {
  const pairs = fc.uniqueArray(fc.tuple(jsonStrings, value), {
    maxLength,
    selector: ([key]) => JSON.parse(key) as string,
  });
  return pairs.map((all) => `{${all.map(([key, inner]) => `${key} : ${inner}`).join(separator)}}`);
}

const { value: jsonValues } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    jsonNumbers,
    jsonStrings,
    fc.constantFrom('true', 'null', 'NaN', '{}', '[]'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(' ,\n')}]`),
    members(tie('value'), ',\t', 3),
  ),
}));

/** JSON texts of objects as programs of every kind write them, some of which cannot be kept, and some that are no JSON. */
export const metaDataTexts: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: members(jsonValues, ',\r\n', 4), weight: 6 },
  jsonValues,
  hardText,
);

/** What must hold for the check of metaData. */
export const metaDataFuzz: Fuzz[] = [
  fuzz({
    name: 'metaData is refused by a Fault, or kept to the letter with the same value for filters',
    inputs: metaDataTexts,
    kept: keptMetaData,
    async holds(text) {
      try {
        const kept = requireMetaData(text);
        expect(kept.text).toBe(text.replaceAll(/[\r\n]+/g, ' '));
        expect(JSON.parse(kept.json)).toEqual(JSON.parse(JSON.stringify(JSON.parse(text))));
        expect(metaDataToKeep(kept.text)?.text ?? '').not.toMatch(/^\{"summary"/);
      } catch (error) {
        if (!isFault(error)) throw error;
        expect(error.kind).toBe('invalid');
      }
    },
  }),
];
