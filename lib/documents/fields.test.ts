import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Field, fieldsOf } from '#lib/documents/fields.ts';
import { documentArray, message } from '#lib/testing/document-array.ts';

const MIB = 1024 * 1024;
const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, 'fixtures', name));
const say = ({ name, type, inDocuments, example }: Field) => [name, type, inDocuments, example];

/** A document of docarray 1 with text tags. */
function tagged(...tags: [string, string][]): Uint8Array {
  const entries = tags.map(([key, text]): [number, Uint8Array] => [
    1,
    message([1, key], [2, message([3, text])]),
  ]);
  return message([1, 'id'], [17, message(...entries)]);
}

/** A message within itself, so many times. */
function nested(field: number, levels: number): Uint8Array {
  let inner = message([1, 'id']);
  for (let level = 0; level < levels; level += 1) inner = message([field, inner]);
  return inner;
}

describe('what docarray stores', () => {
  it('of generation 1 is told field by field, tags and scores one by one', async () => {
    const { looked, fields, isCut } = (await fieldsOf(fixture('docarray1.da'))) ?? {};
    expect({ looked, isCut }).toEqual({ looked: 6, isCut: false });
    const text = `Three-seat sofa with removable cushions, in 0 colours. ${'Long. '.repeat(4)}…`;
    expect(fields?.map(say)).toEqual([
      ['id', 'str', 6, { text: 'doc0' }],
      ['text', 'str', 3, { text }],
      ['uri', 'str', 3, { text: 'images/0.jpg' }],
      ['mime_type', 'str', 3, { text: 'image/jpeg' }],
      ['blob', 'bytes', 1, { sizeBytes: 48_200 }],
      ['tensor', 'int64 […]', 2, null],
      ['embedding', 'float32 [8]', 3, null],
      ['weight', 'float', 2, { text: '0.1' }],
      ['scores.cosine', 'float', 2, { text: '0.25' }],
      ['tags.category', 'str', 3, { text: 'SOFA' }],
      ['tags.colours', 'list', 3, { least: 2, most: 2 }],
      ['tags.in_stock', 'bool', 3, { text: 'True' }],
      ['tags.nothing', 'None', 2, null],
      ['tags.price', 'float', 3, { text: '4.5' }],
      ['tags.size', 'object', 2, null],
      ['chunks', 'documents', 3, { least: 0, most: 2 }],
      ['matches', 'documents', 2, { least: 0, most: 2 }],
    ]);
  });

  const generation2 = [
    ['id', 'str', 2, { text: 'doc0' }],
    ['text', 'str', 2, { text: 'Lamp' }],
    ['embedding', 'float32 [8]', 2, null],
    ['amount', 'int', 2, { text: '-3' }],
    ['colours', 'list', 2, { least: 2, most: 2 }],
    ['image', 'str', 2, { text: 'https://example.org/lamp.png' }],
    ['in_stock', 'bool', 2, { text: 'True' }],
    ['note', 'str', 1, { text: 'new' }],
    ['price', 'float', 2, { text: '4.5' }],
    ['raw', 'bytes', 2, { sizeBytes: 5 }],
    ['sizes', 'dict', 2, { least: 1, most: 1 }],
    ['part', 'document', 2, null],
    ['parts', 'documents', 2, { least: 0, most: 1 }],
  ];

  it.each([2, 1])('of generation 2 is told field by field, under version byte %i too', async (version) => {
    const bytes = fixture('docarray2.da');
    bytes[0] = version;
    expect((await fieldsOf(bytes))?.fields.map(say)).toEqual(generation2);
  });

  it('is looked at for twenty documents, and no more than the header states', async () => {
    const documents = Array.from({ length: 30 }, () => tagged(['a', 'b']));
    expect((await fieldsOf(documentArray(documents)))?.looked).toBe(20);
    expect((await fieldsOf(documentArray(documents, 1, 2)))?.looked).toBe(2);
  });

  it('is told as far as it is whole', async () => {
    const bytes = fixture('docarray1.da');
    expect((await fieldsOf(bytes.subarray(0, -1)))?.looked).toBe(5);
    expect((await fieldsOf(documentArray([tagged(), Buffer.from([0xff])])))?.looked).toBe(1);
  });
});

describe('what is hostile', () => {
  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['another version', documentArray([tagged(['a', 'b'])], 3)],
    ['a header alone', documentArray([], 1, 20)],
    ['a length without end', Buffer.concat([documentArray([], 1, 20), Buffer.alloc(100, 0xff)])],
    ['lengths of nothing', Buffer.concat([documentArray([], 1, 20), Buffer.alloc(100)])],
    ['a document that is no gzip', Buffer.concat([documentArray([], 1, 1), Buffer.from([0, 0, 0, 1, 7])])],
    ['a document that unpacks to a hundred mebibytes', documentArray([Buffer.alloc(100 * MIB)])],
    ['an empty document', documentArray([new Uint8Array()])],
    ['groups in groups', documentArray([Buffer.alloc(100_000, 0x0b)])],
    ['a length in a document without end', documentArray([Buffer.from([0x72, 0xff, 0xff, 0xff, 0x7f])])],
  ])('%s is nothing to show', async (_, bytes) => {
    expect(await fieldsOf(bytes)).toBeNull();
  });

  it('a thousand levels of chunks are one field', async () => {
    const found = await fieldsOf(documentArray([nested(14, 1000)]));
    expect(found?.fields.map(say)).toEqual([['chunks', 'documents', 1, { least: 1, most: 1 }]]);
  });

  it('a thousand levels of tags and of docarray 2’s documents are one field', async () => {
    const tags = message([1, 'id'], [17, message([1, message([1, 'a'], [2, nested(5, 1000)])])]);
    const document = message([1, message([1, 'a'], [2, nested(7, 1000)])]);
    expect((await fieldsOf(documentArray([tags])))?.fields.map(({ name }) => name)).toEqual(['id', 'tags.a']);
    expect((await fieldsOf(documentArray([document], 2)))?.fields.map(say)).toEqual([
      ['a', 'document', 1, null],
    ]);
  });

  it('text that is not UTF-8, of many lines and of a megabyte is one short line', async () => {
    const text = Buffer.concat([Buffer.from('a\r\n\t\0 b'), Buffer.alloc(MIB / 2, 0xff)]);
    const found = await fieldsOf(documentArray([message([1, 'id'], [4, text])]));
    expect(found?.fields[1]?.example).toEqual({ text: `a b${'\ufffd'.repeat(76)}…` });
  });

  it('names of objects’ own properties are names', async () => {
    const names = ['__proto__', 'constructor', 'toString', ''];
    const found = await fieldsOf(
      documentArray([tagged(...names.map((name): [string, string] => [name, 'x']))]),
    );
    expect(found?.fields.map(({ name }) => name)).toEqual([
      'id',
      ...names.map((name) => `tags.${name}`).sort(),
    ]);
    expect(({} as { text?: string }).text).toBeUndefined();
  });

  it('ten thousand tags are fifty fields, and it says that there are more', async () => {
    const tags = Array.from({ length: 10_000 }, (_, index): [string, string] => [`${index}`, 'x']);
    const found = await fieldsOf(documentArray([tagged(...tags)]));
    expect(found).toMatchObject({ looked: 1, isCut: true });
    expect(found?.fields).toHaveLength(50);
  });

  it('a name that is too long, and one that begins like it, are one field', async () => {
    const long = 'x'.repeat(100_000);
    const found = await fieldsOf(documentArray([tagged([`${long}1`, 'a'], [`${long}2`, 'b'])]));
    expect(found?.fields.map(({ name, inDocuments }) => [name.length, inDocuments])).toEqual([
      [2, 1],
      [100, 1],
    ]);
  });

  it('documents together unpack to four mebibytes at most', async () => {
    const large = message([1, 'id'], [2, Buffer.alloc(MIB - 100)]);
    expect((await fieldsOf(documentArray(Array.from({ length: 10 }, () => large))))?.looked).toBe(4);
  });
});
