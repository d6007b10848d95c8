import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect } from 'vitest';
import { openPackage } from '#lib/packages/open.ts';
import { PackageError } from '#lib/packages/package-error.ts';
import { writePackage } from '#lib/packages/write.ts';
import { type Fuzz, fuzz } from '#lib/testing/fuzz.ts';
import { extraField, makeZip, numbers, sourceOf, type ZipPart } from '#lib/testing/make-zip.ts';
import type { PythonZip } from '#lib/testing/python-zip.ts';

/** One zip of a few files takes milliseconds. */
const MAX_MS = 2_000;
const MAX_MEMORY_BYTES = 256 * 1024 * 1024;

const plain: ZipPart[] = [
  { name: 'executor.py', content: 'class MyExecutor: pass\n'.repeat(5), isDeflated: true },
  { name: 'a/', mode: 0o040755 },
  { name: 'a/ü.txt', content: 'stored', mode: 0o100755 },
  { name: 'empty' },
];
const [first = { name: 'x' }] = plain;
const bases = [
  makeZip(plain, { comment: Buffer.from('a comment') }),
  makeZip(plain.map((part) => ({ ...part, hasDescriptor: part.content !== undefined }))),
  makeZip(
    plain.map((part) => ({ ...part, isZip64: true })),
    { isZip64: true },
  ),
  makeZip([first, { name: 'inner.zip', content: makeZip([first]) }], { prefix: Buffer.from('#!/bin/sh\n') }),
  makeZip([
    {
      ...first,
      central: { flags: 0, extra: extraField(0x7075, Buffer.alloc(9)) },
      local: { flags: 0, extra: extraField(9, Buffer.alloc(9)) },
    },
  ]),
];

const values = fc.oneof(
  fc.tuple(
    fc.constantFrom<2 | 4 | 8>(2, 4, 8),
    fc.constantFrom(0, 1, 8, 22, 30, 46, 0x7fff, 0xffff, 0x7fffffff, 0xfffffffe, 0xffffffff, -1),
  ),
  fc.tuple(fc.constantFrom<2 | 4>(2, 4), fc.nat(400)),
);
/** Something of the format: the place of a record, and a field of it; or any place at all. */
const places = fc.oneof(
  fc.record({ record: fc.nat(20), field: fc.nat(60) }),
  fc.nat().map((place) => ({ record: -1, field: place })),
);
const changes = fc.oneof(
  fc.record({ place: places, cut: fc.constant(0), put: values.map((value) => numbers(value)) }),
  fc.record({ place: places, cut: fc.constantFrom(0, 1), put: fc.uint8Array({ maxLength: 2 }) }),
  fc.record({ place: places, cut: fc.nat(60), put: fc.uint8Array({ maxLength: 60 }) }),
  fc.record({ place: places, cut: fc.constant(10_000), put: fc.uint8Array({ maxLength: 2 }) }),
);
type Change = typeof changes extends fc.Arbitrary<infer Value> ? Value : never;

function changed(zip: Buffer, { place: { record, field }, cut, put }: Change): Buffer {
  const records = [...zip.toString('latin1').matchAll(/PK/g)].map(({ index }) => index);
  const start = record < 0 ? 0 : (records[record % Math.max(1, records.length)] ?? 0);
  const at = (start + field) % (zip.length + 1);
  const removed = cut === 0 ? put.length : cut;
  return Buffer.concat([zip.subarray(0, at), put, zip.subarray(at + removed)]);
}

const damaged = fc
  .tuple(fc.constantFrom(...bases), fc.array(changes, { minLength: 1, maxLength: 3 }))
  .map(([zip, list]) => list.reduce(changed, zip));

const segments = fc.oneof(
  fc.constantFrom('a', 'A', 'ä', 'a\u0308', '..', '.', '', '.git', 'c:', '\\', '\0', 'ß', 'SS', '東京', '🚀'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const names = fc.oneof(
  fc.array(segments, { minLength: 1, maxLength: 3 }).map((all) => all.join('/')),
  fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
);
const parts: fc.Arbitrary<ZipPart> = fc.record({
  name: names,
  content: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  isDeflated: fc.boolean(),
  hasDescriptor: fc.boolean(),
  isZip64: fc.boolean(),
  mode: fc.constantFrom(0, 0o100644, 0o100755, 0o100600),
});
const marked = fc.tuple(parts, fc.boolean()).map(([part, isUtf8]) => {
  const flags = (isUtf8 ? 0x800 : 0) | (part.hasDescriptor ? 8 : 0);
  return { ...part, central: { flags }, local: { flags } };
});
const handMade = fc
  .tuple(fc.array(marked, { maxLength: 4 }), fc.boolean())
  .map(([all, isZip64]) => makeZip(all, { isZip64 }));

/** What the package holds and its zip; null when it is refused. @throws anything but a PackageError. */
async function read(zip: Buffer) {
  try {
    const { stream, contents } = writePackage(await openPackage(sourceOf(zip)), new Map());
    const [bytes, { digest, files }] = await Promise.all([buffer(stream), contents]);
    return { bytes, digest, files };
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    expect(error.message).toMatch(/^[^\n]{10,400}\.$/);
    return null;
  }
}

function isLeftOut(path: string): boolean {
  return path.split('/').some((segment) => segment === '.git' || segment === '.jina');
}

/** What must hold for the reading of packages. @param python reads each package too, if there is one. */
export function packagesFuzz(python: () => PythonZip | null): Fuzz[] {
  const holds = async (zip: Buffer) => {
    const startedAt = performance.now();
    const found = await read(zip);
    expect(performance.now() - startedAt).toBeLessThan(MAX_MS);
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(MAX_MEMORY_BYTES);
    if (!found) return;
    expect(await read(found.bytes)).toEqual(found);
    const reader = python();
    if (!reader) return;
    const byPython = await reader.read(zip);
    const ours = found.files.map(({ path, sha256 }) => [path, sha256]);
    expect(byPython?.filter(([path]) => !isLeftOut(path)).sort()).toEqual(ours.sort());
  };
  return [
    fuzz({
      name: 'a damaged zip is refused, or read as Python reads it and written to the same files',
      inputs: damaged,
      kept: [],
      holds,
    }),
    fuzz({
      name: 'a zip with any names is refused, or read as Python reads it and written to the same files',
      inputs: handMade,
      // Control characters made the sentence six times as long.
      kept: [makeZip([{ name: Buffer.alloc(200) }])],
      holds,
    }),
  ];
}
