import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { PART_BYTES } from '#lib/blobs/s3-upload.ts';
import type { BlobStore } from '#lib/blobs/store.ts';
import { newId } from '#lib/ids.ts';

const PIECE_BYTES = 65_536;

async function* pieces(bytes: Buffer, pieceBytes = PIECE_BYTES): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += pieceBytes)
    yield bytes.subarray(start, start + pieceBytes);
}

async function readBack(store: BlobStore, key: string, start: number, end: number): Promise<Buffer> {
  return buffer(await store.read(key, start, end));
}

async function keysOf(store: BlobStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.list()) keys.push(key);
  return keys;
}

/** A source that stops in the middle until it is told how to go on. */
function stoppedAt(bytes: Buffer) {
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  async function* source() {
    yield* pieces(bytes);
    reached.resolve();
    await goOn.promise;
    yield bytes;
  }
  return { source: source(), reached: reached.promise, goOn };
}

function whatIsWritten(store: () => BlobStore): void {
  it.each([
    ['nothing', 0],
    ['one byte', 1],
    ['a part less one', PART_BYTES - 1],
    ['a part', PART_BYTES],
    ['a part and one', PART_BYTES + 1],
    ['three parts and some', 3 * PART_BYTES + 12_345],
  ])('is what is read: %s', async (_what, sizeBytes) => {
    const [key, bytes] = [newId(), randomBytes(sizeBytes)];
    await store().put(key, pieces(bytes));
    expect(await store().head(key)).toEqual({ sizeBytes });
    if (sizeBytes > 0) expect((await readBack(store(), key, 0, sizeBytes - 1)).equals(bytes)).toBe(true);
    expect(await keysOf(store())).toContain(key);
    await store().delete(key);
    expect(await store().head(key)).toBeNull();
    expect(await keysOf(store())).not.toContain(key);
  });

  it('can come byte by byte, and as views of something larger', async () => {
    const [key, bytes] = [newId(), randomBytes(PART_BYTES + 70_000)];
    async function* source() {
      yield* pieces(bytes.subarray(0, 30_000), 1);
      yield bytes.subarray(30_000, PART_BYTES + 40_000);
      yield* pieces(bytes.subarray(PART_BYTES + 40_000), 1);
    }
    await store().put(key, source());
    expect((await readBack(store(), key, 0, bytes.length - 1)).equals(bytes)).toBe(true);
  });

  it('can be read in any range, over the borders of parts too', async () => {
    const [key, bytes] = [newId(), randomBytes(PART_BYTES + 1000)];
    await store().put(key, pieces(bytes));
    for (const [start, end] of [
      [0, 0],
      [PART_BYTES - 2, PART_BYTES + 1],
      [bytes.length - 1, bytes.length - 1],
    ] as const)
      expect(await readBack(store(), key, start, end)).toEqual(bytes.subarray(start, end + 1));
  });

  it('is not mixed up with what is written at the same time', async () => {
    const all = Array.from({ length: 6 }, () => ({ key: newId(), bytes: randomBytes(PART_BYTES + 500_000) }));
    await Promise.all(all.map(({ key, bytes }) => store().put(key, pieces(bytes))));
    for (const { key, bytes } of all)
      expect((await readBack(store(), key, 0, bytes.length - 1)).equals(bytes)).toBe(true);
  });
}

function whatIsNotWhole(store: () => BlobStore): void {
  it.each([
    ['before the first byte', 0],
    ['after a piece', PIECE_BYTES],
    ['after some parts', 2 * PART_BYTES + 5],
  ])('leaves nothing when its source fails %s', async (_when, sizeBytes) => {
    const key = newId();
    const failure = new Error('the client is gone');
    async function* source() {
      yield* pieces(randomBytes(sizeBytes));
      throw failure;
    }
    await expect(store().put(key, source())).rejects.toBe(failure);
    expect(await store().head(key)).toBeNull();
    await store().delete(key);
    expect(await keysOf(store())).not.toContain(key);
  });

  it('is listed, and can be deleted under its writer, who is told', async () => {
    const key = newId();
    const { source, reached, goOn } = stoppedAt(randomBytes(2 * PART_BYTES + 5));
    const written = store().put(key, source);
    const outcome = expect(written).rejects.toMatchObject({ kind: 'broken-upload' });
    await reached;
    expect(await keysOf(store())).toContain(key);
    expect(await store().head(key)).toBeNull();
    await store().delete(key);
    goOn.resolve();
    await outcome;
    expect(await store().head(key)).toBeNull();
    expect(await keysOf(store())).not.toContain(key);
  });
}

function whatIsNotThere(store: () => BlobStore): void {
  it('has no size, can be deleted, and cannot be read', async () => {
    const key = newId();
    expect(await store().head(key)).toBeNull();
    await store().delete(key);
    await expect(store().read(key, 0, 0)).rejects.toMatchObject({ kind: 'gone-from-store' });
  });

  it('is a damage when it is the end of something', async () => {
    const key = newId();
    await store().put(key, pieces(randomBytes(10)));
    for (const [start, end] of [
      [0, 10],
      [5, 99],
      [10, 10],
    ] as const)
      await expect(store().read(key, start, end)).rejects.toMatchObject({ kind: 'corrupt' });
  });
}

/** What every store guarantees: the same tests for each, on the real thing. */
export function describeStore(store: () => BlobStore): void {
  describe('what is written', () => whatIsWritten(store));
  describe('what is not whole', () => whatIsNotWhole(store));
  describe('what is not there', () => whatIsNotThere(store));

  it('can be left by a reader at any moment', async () => {
    const key = newId();
    await store().put(key, pieces(randomBytes(PART_BYTES)));
    (await store().read(key, 0, PART_BYTES - 1)).destroy();
    const begun = await store().read(key, 0, PART_BYTES - 1);
    for await (const _piece of begun) break;
    expect(begun.destroyed).toBe(true);
    await store().delete(key);
  });

  it('says that it takes bytes', async () => {
    await store().check();
  });
}
