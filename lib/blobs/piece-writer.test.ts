import { randomBytes } from 'node:crypto';
import { constants, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ALIGNED_BYTES, returnAligned, takeAligned } from '#lib/blobs/aligned-memory.ts';
import { PieceWriter } from '#lib/blobs/piece-writer.ts';
import { newId } from '#lib/ids.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const MIB = ALIGNED_BYTES;
const SOCKET_BYTES = 65_536;
const ALL_PARTS = 32;

const { folder, remove } = makeTemporaryFolder();
afterAll(remove);

/** The flags of each open handle of a file, as Linux tells them. */
function flagsOf(file: string): number[] {
  return readdirSync('/proc/self/fd')
    .filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`) === file;
      } catch {
        // The handle of the listing itself.
        return false;
      }
    })
    .map((fd) =>
      Number.parseInt(/flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '', 8),
    );
}

/** Writes bytes as a socket brings them; `meanwhile` is called when all but the rest are written. */
async function write(bytes: Buffer, meanwhile?: (file: string) => void): Promise<string> {
  const file = path.join(folder, newId());
  const handle = await open(file, 'wx');
  const writer = new PieceWriter(file, handle);
  try {
    for (let at = 0; at < bytes.length; at += SOCKET_BYTES)
      await writer.add(bytes.subarray(at, at + SOCKET_BYTES));
    meanwhile?.(file);
    await writer.finish();
  } finally {
    await writer.close();
    await handle.close();
  }
  return file;
}

/** Whether files here can be written around the page cache; those of a file system in memory cannot. */
async function canGoDirect(): Promise<boolean> {
  const flags = constants.O_CREAT | constants.O_WRONLY | constants.O_DIRECT;
  const handle = await open(path.join(folder, newId()), flags).catch(() => null);
  await handle?.close();
  return handle !== null;
}

describe('what is written in pieces', () => {
  afterEach(() => {
    const parts = takeAligned(ALL_PARTS);
    expect(parts, 'all memory is given back').not.toBeNull();
    returnAligned(parts ?? []);
  });

  it.each([1, 2, 3, 4].flatMap((pieces) => [-1, 0, 1, 4095, 4096].map((more) => pieces * MIB + more)))(
    'is what is read: %d bytes',
    async (sizeBytes) => {
      const bytes = randomBytes(sizeBytes);
      expect((await readFile(await write(bytes))).equals(bytes)).toBe(true);
    },
  );

  it('goes around the page cache where that is possible, but not when it is small', async () => {
    const isDirect = (file: string) => flagsOf(file).some((flags) => (flags & constants.O_DIRECT) !== 0);
    const seen: boolean[] = [];
    await write(randomBytes(MIB), (file) => seen.push(isDirect(file)));
    const large = await write(randomBytes(3 * MIB), (file) => seen.push(isDirect(file)));
    expect(seen).toEqual([false, await canGoDirect()]);
    expect(flagsOf(large)).toEqual([]);
  });

  it('is whole when more are written at once than there is memory for', async () => {
    const all = Array.from({ length: ALL_PARTS }, () => randomBytes(3 * MIB + 5));
    const files = await Promise.all(all.map((bytes) => write(bytes)));
    for (const [at, file] of files.entries())
      expect((await readFile(file)).equals(all[at] ?? Buffer.alloc(0))).toBe(true);
  });

  it('is whole where a device refuses to be written so', async () => {
    const parts = takeAligned(ALL_PARTS) ?? [];
    const odd = Buffer.from(new ArrayBuffer(3 * MIB));
    returnAligned([odd.subarray(1, MIB + 1), odd.subarray(MIB + 3, 2 * MIB + 3)]);
    try {
      const bytes = randomBytes(5 * MIB + 7);
      expect((await readFile(await write(bytes))).equals(bytes)).toBe(true);
    } finally {
      takeAligned(2);
      returnAligned(parts);
    }
  });

  it('gives its memory back when it is given up', async () => {
    for (let turn = 0; turn < ALL_PARTS; turn++) {
      const file = path.join(folder, newId());
      const handle = await open(file, 'wx');
      const writer = new PieceWriter(file, handle);
      await writer.add(randomBytes(3 * MIB));
      await writer.close();
      await handle.close();
    }
  });
});
