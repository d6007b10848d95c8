import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { DiskStore } from '#lib/blobs/disk.ts';
import { Fault } from '#lib/errors.ts';
import { openPackage } from '#lib/packages/open.ts';
import { makeZip, sourceOf, type ZipEnd, type ZipPart } from '#lib/testing/make-zip.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

async function open(parts: ZipPart[], end?: ZipEnd) {
  return openPackage(sourceOf(makeZip(parts, end)));
}

const file: ZipPart = { name: 'executor.py', content: 'class MyExecutor: pass', isDeflated: true };

it('gives the files, sorted by path, with sizes, executable bits and contents', async () => {
  const large = randomBytes(400_000);
  const pkg = await open([
    { name: 'z/run.sh', content: '#!/bin/sh', mode: 0o100755 },
    { name: 'z/', mode: 0o040755 },
    { name: 'Z.bin', content: large, isDeflated: true },
    { name: 'stored.bin', content: large },
    { name: 'ä/東京 🚀.txt', content: 'é', hasDescriptor: true, isDeflated: true },
    { name: 'empty' },
    file,
  ]);
  expect(pkg.entries).toEqual([
    { path: 'Z.bin', sizeBytes: 400_000, isExecutable: false },
    { path: 'empty', sizeBytes: 0, isExecutable: false },
    { path: 'executor.py', sizeBytes: 22, isExecutable: false },
    { path: 'stored.bin', sizeBytes: 400_000, isExecutable: false },
    { path: 'z/run.sh', sizeBytes: 9, isExecutable: true },
    { path: 'ä/東京 🚀.txt', sizeBytes: 2, isExecutable: false },
  ]);
  expect(Buffer.from(await pkg.text('ä/東京 🚀.txt')).toString()).toBe('é');
  expect(Buffer.from(await pkg.text('empty'))).toHaveLength(0);
  for (const path of ['Z.bin', 'stored.bin'])
    expect((await buffer(await pkg.stream(path))).equals(large)).toBe(true);
  expect(await text(await pkg.stream('executor.py'))).toBe(file.content);
});

it('reads zip64, comments, gaps, an empty zip, and leaves zips in the zip as they are', async () => {
  const inner = makeZip([file]);
  const whole: ZipEnd = { isZip64: true, entryCount: 0xffff, sizeBytes: 0xffffffff, start: 0xffffffff };
  for (const end of [whole, { isZip64: true }, { comment: Buffer.alloc(0xffff, 'c') }]) {
    const pkg = await open([{ ...file, isZip64: true, central: { comment: Buffer.from('c') } }, file2], end);
    expect(pkg.entries.map(({ path }) => path)).toEqual(['executor.py', 'inner.zip']);
    expect(Buffer.from(await pkg.text('inner.zip')).equals(inner)).toBe(true);
  }
  const gaps = { prefix: Buffer.from('#!/usr/bin/env python3\n'), gap: Buffer.alloc(100) };
  expect((await open([file], gaps)).entries).toHaveLength(1);
  expect((await open([])).entries).toEqual([]);
});

const file2: ZipPart = { name: 'inner.zip', content: makeZip([file]) };

it('leaves out .git and .jina wherever they are, and nothing else', async () => {
  const kept = ['.DS_Store', '.github/x', '__MACOSX/x', '__pycache__/x.pyc', 'a.git', 'jina/x'];
  const dropped = ['.git/config', 'sub/.git/HEAD', 'other/.git', '.jina/secret.key'];
  const pkg = await open([...kept, ...dropped].map((name) => ({ name })));
  expect(pkg.entries.map(({ path }) => path)).toEqual(kept);
});

it('takes names in CP437 where they are not marked as UTF-8', async () => {
  const pkg = await open([
    { name: Buffer.from([0x81, 0x2e, 0xe1]), central: { flags: 0 }, local: { flags: 0 } },
  ]);
  expect(pkg.entries[0]?.path).toBe('ü.ß');
});

describe('text', () => {
  it('reads up to 1 MiB and refuses more', async () => {
    const content = randomBytes(1024 * 1024);
    const pkg = await open([
      { name: 'fits', content },
      { name: 'larger', content: Buffer.concat([content, Buffer.alloc(1)]) },
    ]);
    expect(Buffer.from(await pkg.text('fits')).equals(content)).toBe(true);
    await expect(pkg.text('larger')).rejects.toMatchObject({ name: 'PackageError', kind: 'too-large' });
  });
});

describe('the source', () => {
  it('fails as it fails, when it is opened, read a little and read at length, and is asked again after', async () => {
    const bytes = makeZip([file, { name: 'large', content: randomBytes(400_000) }]);
    const fault = new Fault('gone-from-store', 'The bytes are gone.');
    let broken = false;
    const source = {
      ...sourceOf(bytes),
      async read(start: number, end: number) {
        if (broken) throw fault;
        return sourceOf(bytes).read(start, end);
      },
    };
    const pkg = await openPackage(source);
    broken = true;
    await expect(openPackage(source)).rejects.toBe(fault);
    await expect(pkg.stream('executor.py')).rejects.toBe(fault);
    await expect(pkg.stream('large')).rejects.toBe(fault);
    broken = false;
    expect(await text(await pkg.stream('executor.py'))).toBe(file.content);
  });

  it('may be the store of this server', async () => {
    const { folder, remove } = makeTemporaryFolder();
    try {
      const large = randomBytes(700_000);
      const bytes = makeZip([file, { name: 'large', content: large, isDeflated: true }]);
      const store = new DiskStore(folder);
      const key = '0123456789abcdef01234567';
      await store.put(key, Readable.from([bytes]));
      const pkg = await openPackage({
        sizeBytes: bytes.length,
        read: (start, end) => store.read(key, start, end),
      });
      expect((await buffer(await pkg.stream('large'))).equals(large)).toBe(true);
      await store.delete(key);
      await expect(pkg.stream('large')).rejects.toMatchObject({ name: 'Fault', kind: 'gone-from-store' });
    } finally {
      remove();
    }
  });

  it('is read once for the directory, and no stream of it stays open when nobody reads on', async () => {
    const bytes = makeZip([file, { name: 'large', content: randomBytes(4_000_000) }]);
    let reads = 0;
    let open = 0;
    const source = {
      ...sourceOf(bytes),
      async read(start: number, end: number) {
        const stream = await sourceOf(bytes).read(start, end);
        reads++;
        open++;
        stream.once('close', () => open--);
        return stream;
      },
    };
    const pkg = await openPackage(source);
    expect(reads).toBe(1);
    expect(open).toBe(0);
    const stream = await pkg.stream('large');
    await new Promise((resolve) => stream.once('readable', resolve));
    expect(open).toBe(1);
    stream.destroy();
    await expect.poll(() => open).toBe(0);
  });
});
