import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { ALIGNED_BYTES, returnAligned, takeAligned } from '#lib/blobs/aligned-memory.ts';
import { PartBuffer } from '#lib/blobs/part-buffer.ts';

/**
 * Bytes gathered for one write. They are copied, into the same memory again and again: what the socket brought can
 * then be collected while it is young, and a client may send its bytes one by one.
 */
const PIECE_BYTES = ALIGNED_BYTES;
/** A small upload needs no room for a whole one. */
const FIRST_BYTES = 64 * 1024;
/** Dirty bytes at most before they are pushed to the disk, so that the last fsync is short. */
const SYNC_EVERY_BYTES = 64 * PIECE_BYTES;
/** One is filled while the other is written. */
const PIECES = 2;

/** Opens a file for writes around the page cache; null where there is no such thing, or it fails: the usual way tells. */
async function openDirect(file: string): Promise<FileHandle | null> {
  if (constants.O_DIRECT === undefined) return null;
  return open(/* turbopackIgnore: true */ file, constants.O_WRONLY | constants.O_DIRECT).catch(() => null);
}

/** Writes all of it; a short write, as on a nearly full disk, goes on with the rest or fails with the reason. */
async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

interface Piece {
  buffer: PartBuffer;
  /** Whether its memory may be written around the page cache. */
  isAligned: boolean;
}

/**
 * Writes what was gathered while the next bytes come in: at most one write is under way. From the second piece on it
 * goes around the page cache where that is possible (decision 021).
 */
export class PieceWriter {
  readonly #path: string;
  readonly #file: FileHandle;
  /** The same file, for whole pieces in aligned memory; undefined until the second piece. */
  #direct: FileHandle | null | undefined;
  #lent: Buffer[] = [];
  #unused: Buffer[] = [];
  #filling: Piece = { buffer: new PartBuffer(PIECE_BYTES, FIRST_BYTES), isAligned: false };
  #written: Piece = { buffer: new PartBuffer(PIECE_BYTES, PIECE_BYTES), isAligned: false };
  #position = 0;
  #unsyncedBytes = 0;
  #underWay: Promise<void> = Promise.resolve();

  /** @param file empty, at `path`, open for writing; it stays the caller's to close. */
  constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** @returns a promise only where there is something to wait for: most pieces are just gathered. */
  add(bytes: Uint8Array): Promise<void> | null {
    const taken = this.#filling.buffer.add(bytes);
    return taken === bytes.length ? null : this.#addRest(bytes.subarray(taken));
  }

  async #addRest(bytes: Uint8Array): Promise<void> {
    for (let rest = bytes; rest.length > 0; ) {
      await this.#turn();
      // More than a piece will come, so this is worth a second handle.
      if (this.#direct === undefined) await this.#goDirect();
      rest = rest.subarray(this.#filling.buffer.add(rest));
    }
  }

  async #goDirect(): Promise<void> {
    this.#direct = null;
    const lent = takeAligned(PIECES);
    if (!lent) return;
    [this.#lent, this.#unused] = [lent, [...lent]];
    this.#direct = await openDirect(this.#path);
    if (this.#direct) this.#empty(this.#filling);
  }

  /** Makes room in a piece that is written, in aligned memory as soon as there is some. */
  #empty(piece: Piece): void {
    const memory = this.#direct ? this.#unused.pop() : undefined;
    piece.buffer.empty(memory);
    piece.isAligned ||= memory !== undefined;
  }

  async #turn(): Promise<void> {
    await this.#underWay;
    [this.#filling, this.#written] = [this.#written, this.#filling];
    this.#empty(this.#filling);
    this.#underWay = this.#write(this.#written);
    // The next turn or `close` sees a failure; until then nobody awaits it.
    this.#underWay.catch(() => {});
  }

  async #write({ buffer, isAligned }: Piece): Promise<void> {
    const { bytes } = buffer;
    const position = this.#position;
    this.#position += bytes.length;
    const direct = isAligned && buffer.isFull ? this.#direct : null;
    await (direct ? this.#writeDirect(direct, bytes, position) : writeAll(this.#file, bytes, position));
    this.#unsyncedBytes += bytes.length;
    if (this.#unsyncedBytes < SYNC_EVERY_BYTES) return;
    this.#unsyncedBytes = 0;
    await this.#file.datasync();
  }

  /** What direct writes refuse, by the rules of a device or because the one before was short, goes the usual way. */
  async #writeDirect(direct: FileHandle, bytes: Buffer, position: number): Promise<void> {
    try {
      await writeAll(direct, bytes, position);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
      await writeAll(this.#file, bytes, position);
    }
  }

  /** Writes the rest; when it returns, all is on the disk. */
  async finish(): Promise<void> {
    await this.#turn();
    await this.#underWay;
    await this.#file.sync();
  }

  /** Waits for the write under way, whatever becomes of it, and gives back what was borrowed. */
  async close(): Promise<void> {
    await this.#underWay.catch(() => {});
    // What matters was synced by the other handle.
    await this.#direct?.close().catch(() => {});
    returnAligned(this.#lent);
    this.#lent = [];
  }
}
