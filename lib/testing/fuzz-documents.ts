import fc from 'fast-check';
import { expect } from 'vitest';
import { fieldsOf } from '#lib/documents/fields.ts';
import { documentArray, message } from '#lib/testing/document-array.ts';
import { type Fuzz, fuzz } from '#lib/testing/fuzz.ts';

const bytes = fc.uint8Array({ maxLength: 40 });
const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constant('__proto__'));
/** Messages with the numbers that docarray's have, in each other at random. */
const { node: messages } = fc.letrec<{ node: Uint8Array }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    bytes,
    fc
      .array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.oneof(texts, tie('node'))), { maxLength: 6 })
      .map((fields) => message(...fields)),
  ),
}));
const arrays = fc
  .tuple(fc.array(messages, { maxLength: 4 }), fc.constantFrom(1, 2), fc.nat(5))
  .map(([documents, version, stated]) => documentArray(documents, version, stated));
/** As they are, cut somewhere, or with a byte that is another one. */
const damaged = fc.tuple(arrays, fc.nat(), fc.integer({ min: -1, max: 255 })).map(([whole, place, byte]) => {
  const at = place % whole.length;
  if (byte < 0) return whole.subarray(0, at);
  whole[at] = byte;
  return whole;
});

/** What must hold for the reading of stored documents. */
export const documentsFuzz: Fuzz[] = [
  fuzz({
    name: 'stored bytes are nothing to show, or a few fields with short texts',
    inputs: fc.oneof(arrays, damaged, bytes.map(Buffer.from)),
    kept: [],
    async holds(input) {
      const found = await fieldsOf(input);
      if (!found) return;
      const { looked, fields } = found;
      expect(looked).toBeLessThanOrEqual(20);
      expect(fields.length).toBeGreaterThan(0);
      expect(fields.length).toBeLessThanOrEqual(50);
      expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
      for (const { inDocuments } of fields) expect(inDocuments).toBeLessThanOrEqual(looked);
      expect(JSON.stringify(fields).length).toBeLessThan(2_000 * fields.length);
    },
  }),
];
