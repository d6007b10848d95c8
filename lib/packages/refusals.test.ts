import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openPackage } from '#lib/packages/open.ts';
import type { PackageError } from '#lib/packages/package-error.ts';
import { writePackage } from '#lib/packages/write.ts';
import { extraField, makeZip, numbers, sourceOf, type ZipEnd, type ZipPart } from '#lib/testing/make-zip.ts';

const MB = 1024 * 1024;

/** What opening the zip and reading all of it fails with. */
async function refusalOf(bytes: Buffer): Promise<PackageError | null> {
  try {
    const { stream, contents } = writePackage(await openPackage(sourceOf(bytes)), new Map());
    await Promise.all([buffer(stream), contents]);
    return null;
  } catch (error) {
    expect(error).toMatchObject({ name: 'PackageError' });
    return error as PackageError;
  }
}

const file: ZipPart = { name: 'a.py', content: 'some text', isDeflated: true };
const named = (...names: (string | Buffer)[]): ZipPart[] => names.map((name) => ({ name }));
const latin = { flags: 0 };
const whole = makeZip([file, { name: 'b.py', content: 'other' }]);
const zeros = (megabytes: number) => ({ content: Buffer.alloc(megabytes * MB), isDeflated: true });
/** Says that it is as large as that; it is never unpacked. */
const claims = (name: string, size: number): ZipPart => ({
  name,
  packed: Buffer.alloc(Math.ceil(size / 200)),
  central: { method: 8, size },
});

function unicodePath(name: string, crc: number): Buffer {
  return extraField(0x7075, Buffer.concat([Buffer.from([1]), numbers([4, crc]), Buffer.from(name)]));
}

const sizes = extraField(1, numbers([8, 9], [8, 9]));

const malformed: [what: string, sentence: RegExp, parts: ZipPart[], end?: ZipEnd][] = [
  ['a path that leads out', /leads out/, named('a/../../etc/passwd')],
  ['the folder above', /leads out/, named('../')],
  ['an absolute path', /absolute/, named('/etc/passwd')],
  ['a drive letter', /absolute/, named('c:windows')],
  ['a backslash', /backslash/, named('..\\etc')],
  ['a backslash of CP437', /backslash/, [{ name: 'a\\b', central: latin, local: latin }]],
  ['no name', /no name/, named('')],
  ['an empty part', /empty part/, named('a//b')],
  ['a dot for a part', /empty part/, named('./a')],
  ['a name of 256 bytes', /255 bytes/, named('ä'.repeat(128))],
  ['a path of 1,025 bytes', /1024 bytes/, named(`${'a/'.repeat(512)}b`)],
  ['a NUL', /control/, named('a\0b')],
  ['a line break', /control/, named('a\nb')],
  ['a control character of CP437', /control/, [{ name: 'a\x01', central: latin, local: latin }]],
  ['a control character beyond ASCII', /control/, named('a\u0085')],
  ['a name that is no UTF-8', /not UTF-8/, named(Buffer.from('a\xff', 'latin1'))],
  ['a name twice', /same name/, named('a', 'b', 'a')],
  ['names that differ by case', /only case/, named('Straße/X', 'b', 'STRASSE/x')],
  ['names that differ by the writing of accents', /only case/, named('\u00e9', 'e\u0301')],
  ['a file and a folder of one name', /file and a folder/, named('a', 'a-b', 'a/b')],
  ['the same by case, with the folder first', /file and a folder/, [{ name: 'A/', mode: 0 }, { name: 'a' }]],
  ['a symbolic link', /special file/, [{ ...file, mode: 0o120777 }]],
  ['a device', /special file/, [{ ...file, mode: 0o020666 }]],
  ['a folder that is no folder by its name', /special file/, [{ ...file, mode: 0o040755 }]],
  ['a folder with content', /folder with content/, [{ name: 'a/', mode: 0, content: 'x' }]],
  ['an encrypted file', /encrypted/, [{ ...file, central: { flags: 0x801 } }]],
  ['a strongly encrypted file', /encrypted|damaged/, [{ ...file, central: { flags: 0x841 } }]],
  ['bzip2', /use deflate/, [{ ...file, central: { method: 12 } }]],
  ['a version of the format to come', /newer/, [{ ...file, central: { version: 64 } }]],
  ['zeros, by ratio', /200 times/, [{ name: 'a', ...zeros(2) }]],
  ['many small ratios', /200 times/, Array.from({ length: 3 }, (_, i) => ({ name: `${i}`, ...zeros(1) }))],
  [
    'a second name for other programs',
    /two names/,
    [{ ...file, central: { extra: unicodePath('b', crc32('a.py')) } }],
  ],
  ['the directory elsewhere', /not where/, [file], { start: 0 }],
  ['a directory beyond the end', /not where/, [file], { start: 0xfffffff0 }],
  ['a directory that is longer', /not where/, [file], { sizeBytes: 100 }],
  ['fewer files than there are', /longer or shorter/, [file, ...named('b')], { entryCount: 1 }],
  ['more files than there are', /too early/, [file], { entryCount: 2 }],
  ['one part of several', /one part/, [file], { disk: 1 }],
  ['files on another disk', /one part/, [file], { entriesHere: 0 }],
  ['something behind the end', /behind the end/, [file], { suffix: Buffer.from('x') }],
  ['an end in the comment', /behind|not where/, [file], { comment: Buffer.from('PK\x05\x06') }],
  ['a zip64 record elsewhere', /zip64 record/, [file], { isZip64: true, locatedAt: 0 }],
  ['a zip64 record of another length', /zip64 record/, [file], { isZip64: true, recordBytes: 45 }],
  ['two fields of sizes', /two sizes/, [{ ...file, central: { extra: Buffer.concat([sizes, sizes]) } }]],
  ['two counts', /two things/, [file], { isZip64: true, entryCount: 0 }],
  [
    'an extra field that ends too late',
    /damaged/,
    [{ ...file, central: { extra: numbers([2, 1], [2, 9]) } }],
  ],
  [
    'a size that is only said to be large',
    /damaged/,
    [{ ...file, central: { extra: extraField(1, Buffer.alloc(0)), size: 0xffffffff } }],
  ],
];

it.each(malformed)('refuses %s', async (_what, sentence, parts, end) => {
  const refusal = await refusalOf(makeZip(parts, end));
  expect(refusal?.message).toMatch(sentence);
  expect(refusal?.message).toMatch(/^[^\n]{10,200}\.$/);
  expect(refusal?.kind).toBe('malformed');
});

const lies: [what: string, part: ZipPart][] = [
  ['another name beside the content', { ...file, local: { name: Buffer.from('b.py') } }],
  ['the name in another encoding', { ...file, name: 'é', local: latin }],
  ['another way of packing', { ...file, local: { method: 0 } }],
  ['another size', { ...file, local: { size: 1 } }],
  ['another packed size', { ...file, local: { compressedSize: 1 } }],
  ['another checksum', { ...file, local: { crc: 1 } }],
  ['a checksum that both are wrong about', { ...file, local: { crc: 1 }, central: { crc: 1 } }],
  ['less than it says', { ...file, hasDescriptor: true, central: { size: 10 } }],
  ['more than it says', { ...file, hasDescriptor: true, central: { size: 8 } }],
  ['content cut short', { ...file, packed: deflateRawSync('some text').subarray(0, -2) }],
  [
    'something behind the content',
    { ...file, packed: Buffer.concat([deflateRawSync('some text'), Buffer.alloc(9)]) },
  ],
  ['no deflate', { ...file, packed: Buffer.from('\xff\xff\xff', 'latin1') }],
  ['an offset into nothing', { ...file, central: { offset: 1 } }],
];

it.each(lies)('refuses a file with %s when it is read', async (_what, part) => {
  const bytes = makeZip([part, { name: 'z', content: 'behind' }]);
  expect((await refusalOf(bytes))?.kind).toBe('malformed');
});

it('refuses files that overlap: one content for two names, and one in another', async () => {
  const twice = makeZip([file, { name: 'b.py', central: { offset: 0 } }]);
  expect((await refusalOf(twice))?.message).toMatch(/overlap/);
  const inner = makeZip([{ name: 'b', content: 'x' }]);
  const nested = makeZip([
    { name: 'a', content: inner },
    { name: 'b', content: 'x', central: { offset: 31 } },
  ]);
  expect((await refusalOf(nested))?.message).toMatch(/overlap/);
  const junk = { name: 'a', content: 'same', packed: Buffer.from('junk') };
  const intoNext = makeZip([junk, { name: 'b', content: 'same' }]);
  // The content of a begins behind an extra field as long as the way to that of b.
  intoNext.writeUInt16LE(35, 28);
  expect((await refusalOf(intoNext))?.message).toMatch(/"a" is not what/);
});

it('gives no more of a file than the zip says, whatever comes out of it', async () => {
  const packed = deflateRawSync(Buffer.alloc(100 * MB));
  const bomb = makeZip([{ name: 'a', content: 'small', packed, isDeflated: true }]);
  const stream = await (await openPackage(sourceOf(bomb))).stream('a');
  let given = 0;
  const readAll = async () => {
    for await (const piece of stream) given += piece.length;
  };
  await expect(readAll()).rejects.toMatchObject({ kind: 'malformed' });
  expect(given).toBeLessThanOrEqual('small'.length);
});

it('refuses what is no zip as such, and every beginning of a zip', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('hello'), Buffer.alloc(100_000, 'PK')])
    expect((await refusalOf(bytes))?.kind).toBe('not-a-zip');
  for (let length = 4; length < whole.length; length++)
    expect((await refusalOf(whole.subarray(0, length)))?.kind).toBe('malformed');
});

it('refuses 10,001 files, four billion that are only claimed, and more than 2 GiB', async () => {
  const count = 10_000;
  const many = Array.from({ length: count }, (_, index) => ({ name: `${index}` }));
  expect((await openPackage(sourceOf(makeZip(many)))).entries).toHaveLength(count);
  expect((await refusalOf(makeZip([...many, file])))?.kind).toBe('too-large');
  const claimed = makeZip([file], { isZip64: true, entryCount: 0xffff, entryCount64: 4_000_000_000 });
  expect((await refusalOf(claimed))?.kind).toBe('too-large');
  const large = makeZip([claims('a', 2 ** 30), claims('b', 2 ** 30), { name: 'c', content: 'x' }]);
  expect((await refusalOf(large))?.kind).toBe('too-large');
  const long = Buffer.alloc(60_000);
  const wordy = Array.from({ length: 80 }, (_, index) => ({ name: `${index}`, central: { comment: long } }));
  expect((await refusalOf(makeZip(wordy)))?.kind).toBe('too-large');
});
