import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileReader } from '#lib/blobs/file-reader.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const { folder, remove } = makeTemporaryFolder();
afterAll(remove);
const bytes = randomBytes(3_000_001);
const file = path.join(folder, 'file');
await writeFile(file, bytes);

const openFiles = () => readdirSync('/proc/self/fd').length;

async function readAll(reader: FileReader, each: (piece: Buffer) => void = () => {}): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of reader) {
    pieces.push(Buffer.from(piece));
    each(piece);
  }
  return Buffer.concat(pieces);
}

describe('the file reader', () => {
  it.each([
    [0, bytes.length - 1],
    [0, 0],
    [262_143, 262_144],
    [262_144, 786_431],
    [2_999_999, 3_000_000],
  ])('gives bytes %i to %i as they are in the file', async (start, end) => {
    const reader = await FileReader.open(file, start, end);
    expect((await readAll(reader)).equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  it('gives the same bytes when its pieces are given back, and holds few of them', async () => {
    const reader = await FileReader.open(file, 0, bytes.length - 1);
    const buffers = new Set<ArrayBufferLike>();
    const all = await readAll(reader, (piece) => {
      buffers.add(piece.buffer);
      piece.fill(0);
      reader.recycle(piece);
    });
    expect(all.equals(bytes)).toBe(true);
    expect(buffers.size).toBeLessThanOrEqual(4);
  });

  it('refuses what goes beyond the end of the file', async () => {
    await expect(FileReader.open(file, 0, bytes.length)).rejects.toMatchObject({ kind: 'corrupt' });
  });

  it('closes its file at the end, when it is given up, and when it refuses', async () => {
    const before = openFiles();
    await readAll(await FileReader.open(file, 0, 10));
    const given = await FileReader.open(file, 0, bytes.length - 1);
    for await (const _ of given) break;
    await FileReader.open(file, 0, bytes.length).catch(() => {});
    await expect.poll(openFiles).toBeLessThanOrEqual(before);
  });
});
