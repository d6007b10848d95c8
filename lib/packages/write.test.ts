import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { openPackage } from '#lib/packages/open.ts';
import { type PackageContents, writePackage } from '#lib/packages/write.ts';
import { ROOT } from '#lib/root.ts';
import { makeZip, sourceOf, type ZipPart } from '#lib/testing/make-zip.ts';
import { hasPython } from '#lib/testing/python-zip.ts';
import { unzip } from '#lib/testing/unzip.ts';

interface Written extends PackageContents {
  bytes: Buffer;
}

async function rewritten(zip: Buffer, changes: Record<string, string> = {}): Promise<Written> {
  const { stream, contents } = writePackage(
    await openPackage(sourceOf(zip)),
    new Map(Object.entries(changes)),
  );
  const bytes = await buffer(stream);
  return { bytes, ...(await contents) };
}

const large = Buffer.concat([randomBytes(300_000), Buffer.alloc(200_000, 'text '), randomBytes(1_000)]);
const parts: ZipPart[] = [
  { name: 'executor.py', content: 'class MyExecutor: pass' },
  { name: 'run.sh', content: '#!/bin/sh', mode: 0o100700 },
  { name: 'ä/東京 🚀.bin', content: large },
  { name: 'ä/empty', content: '' },
];

/** The same files as Python's own library packs them, folders and all. */
const PACK = `
import io, json, sys, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    archive.writestr('\\u00e4/', '')
    for name, mode, text in json.load(sys.stdin):
        info = zipfile.ZipInfo(name, (2024, 2, 29, 12, 30, 0))
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, bytes.fromhex(text))
sys.stdout.buffer.write(out.getvalue())
`;

function packedByPython(): Buffer {
  const input = JSON.stringify(
    parts.map(({ name, mode, content }) => [name, mode ?? 0o600, Buffer.from(content ?? '').toString('hex')]),
  );
  return execFileSync('python3', ['-c', PACK], { input, maxBuffer: 1e8 });
}

it('gives the same bytes and digest for the same files, in any order and from any program', async () => {
  const first = await rewritten(makeZip(parts));
  const others = [
    first.bytes,
    makeZip(parts.toReversed().map((part) => ({ ...part, isDeflated: true, hasDescriptor: true }))),
    makeZip([{ name: '.git/HEAD', content: 'x' }, ...parts, { name: 'new/', mode: 0 }], { isZip64: true }),
    ...(hasPython() ? [packedByPython()] : []),
  ];
  for (const other of others) {
    const again = await rewritten(other);
    expect(again.bytes.equals(first.bytes)).toBe(true);
    expect(again.digest).toBe(first.digest);
  }
});

it.skipIf(!hasPython())('is read by Python, byte by byte, and tells each file with its SHA-256', async () => {
  const { bytes, files } = await rewritten(makeZip(parts));
  const read = await unzip(bytes);
  expect([...read.keys()]).toEqual(['executor.py', 'run.sh', 'ä/empty', 'ä/東京 🚀.bin']);
  expect(read.get('ä/東京 🚀.bin')?.equals(large)).toBe(true);
  expect(files.slice(0, 3)).toEqual([
    {
      path: 'executor.py',
      sizeBytes: 22,
      isExecutable: false,
      sha256: '220e36113bada96bf3c97d3d526ed85dd31839d0d7e9f19d84b4f58e7431296f',
    },
    expect.objectContaining({ path: 'run.sh', isExecutable: true }),
    expect.objectContaining({ path: 'ä/empty', sizeBytes: 0 }),
  ]);
});

it('dates every file alike, in every time zone', async () => {
  const zip = await fromBufferPromise((await rewritten(makeZip(parts))).bytes);
  for await (const entry of zip.eachEntry()) {
    expect(entry.extraFieldLength).toBe(0);
    expect(entry.getLastModDate()).toEqual(new Date(1980, 0, 1, 12));
  }
});

it('puts changes in, in place of files or beside them', async () => {
  const changes = { 'run.sh': '#!/bin/bash', 'config.yml': 'jtype: MyExecutor', 'ä/new/x': '' };
  const { bytes, digest, files } = await rewritten(makeZip(parts), changes);
  const pkg = await openPackage(sourceOf(bytes));
  for (const [name, text] of Object.entries(changes))
    expect(Buffer.from(await pkg.text(name)).toString()).toBe(text);
  expect(files.find((file) => file.path === 'run.sh')?.isExecutable).toBe(true);
  expect(files.find((file) => file.path === 'config.yml')?.isExecutable).toBe(false);
  expect((await rewritten(bytes)).digest).toBe(digest);
});

it('has another digest for another path, content or executable bit', async () => {
  const variants = [
    parts,
    parts.slice(1),
    [...parts.slice(1), { name: 'executor2.py', content: 'class MyExecutor: pass' }],
    [...parts.slice(1), { name: 'executor.py', content: 'class MyExecutor: past' }],
    [...parts.slice(1), { name: 'executor.py', content: 'class MyExecutor: pass', mode: 0o100755 }],
  ];
  const digests = await Promise.all(
    variants.map(async (variant) => (await rewritten(makeZip(variant))).digest),
  );
  expect(new Set(digests).size).toBe(variants.length);
});

it('refuses changes that cannot stand beside the files', async () => {
  for (const name of ['../x', 'EXECUTOR.py', 'run.sh/x', 'ä', 'a\u0308/empty'])
    await expect(rewritten(makeZip(parts), { [name]: '' })).rejects.toMatchObject({ kind: 'malformed' });
});

it('fails when a file is not what the zip says, for a reader who comes late too', async () => {
  const damaged = makeZip([...parts, { name: 'x', content: 'x', local: { crc: 1 }, central: { crc: 1 } }]);
  await expect(rewritten(damaged)).rejects.toMatchObject({ kind: 'malformed' });
  const pkg = await openPackage(sourceOf(makeZip([{ name: 'x', local: { name: Buffer.from('y') } }])));
  const { stream, contents } = writePackage(pkg, new Map());
  await expect(contents).rejects.toMatchObject({ kind: 'malformed' });
  await new Promise(setImmediate);
  await expect(buffer(stream)).rejects.toMatchObject({ kind: 'malformed' });
});

it('ends when its reader goes away, and closes what it read from', async () => {
  const bytes = makeZip([{ name: 'large', content: randomBytes(8_000_000) }]);
  let open = 0;
  const pkg = await openPackage({
    ...sourceOf(bytes),
    async read(start: number, end: number) {
      const stream = await sourceOf(bytes).read(start, end);
      open++;
      stream.once('close', () => open--);
      return stream;
    },
  });
  const { stream, contents } = writePackage(pkg, new Map());
  await new Promise((resolve) => stream.once('readable', resolve));
  expect(open).toBe(1);
  stream.destroy();
  await expect(contents).rejects.toThrow();
  await expect.poll(() => open).toBe(0);
});

it('tells nothing of a package that nobody read to its end, however small', async () => {
  const { stream, contents } = writePackage(
    await openPackage(sourceOf(makeZip(parts.slice(0, 1)))),
    new Map(),
  );
  await new Promise((resolve) => stream.once('readable', resolve));
  await new Promise(setImmediate);
  stream.destroy();
  await expect(contents).rejects.toThrow();
});

it('no file of packages can touch a file: none imports what could, nor calls what opens or adds by a path', () => {
  const folder = path.join(ROOT, 'lib/packages');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
  const allowed = /^(node:(buffer|crypto|stream|stream\/\w+|zlib)|yauzl|yazl|#lib\/packages\/[\w-]+\.ts)$/;
  for (const name of sources) {
    const source = readFileSync(path.join(folder, name), 'utf8');
    const imports = [...source.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^']*)'/g)].map(([, one]) => one);
    expect(imports.filter((one) => !allowed.test(one ?? ''))).toEqual([]);
    expect(source).not.toMatch(/\baddFile\b|\bopenPromise\b|\bfromFd|yauzl\.open|\bprocess\.|\brequire\(/);
  }
  expect(sources.length).toBeGreaterThan(5);
});
