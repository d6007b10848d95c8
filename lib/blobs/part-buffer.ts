/** How much larger the memory gets when it is too small: what it had before is garbage, so not often. */
const GROWTH = 8;

/**
 * Memory for the parts of an upload, one after the other. Bytes are copied into it: pieces may be views of something
 * much larger, or single bytes.
 */
export class PartBuffer {
  readonly #partBytes: number;
  readonly #firstBytes: number;
  #memory: Buffer = Buffer.alloc(0);
  #length = 0;
  /** Settles, never rejects, when the part that is in it is not needed any more. */
  inUse: Promise<void> = Promise.resolve();

  /** @param firstBytes the memory that it begins with, when something is put into it; it grows up to a part. */
  constructor(partBytes: number, firstBytes: number) {
    this.#partBytes = partBytes;
    this.#firstBytes = firstBytes;
  }

  get isFull(): boolean {
    return this.#length === this.#partBytes;
  }

  /** What is in it; only until it is emptied. */
  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#length);
  }

  /** Takes what there is room for, and returns how much that was, in bytes. */
  add(piece: Uint8Array): number {
    const taken = Math.min(piece.length, this.#partBytes - this.#length);
    this.#makeRoom(this.#length + taken);
    this.#memory.set(piece.subarray(0, taken), this.#length);
    this.#length += taken;
    return taken;
  }

  #makeRoom(neededBytes: number): void {
    if (neededBytes <= this.#memory.length) return;
    const wanted = Math.max(neededBytes, GROWTH * this.#memory.length, this.#firstBytes);
    const capacity = Math.min(this.#partBytes, wanted);
    const larger = Buffer.allocUnsafeSlow(capacity);
    larger.set(this.bytes);
    this.#memory = larger;
  }

  /** @param memory a part's, which it uses from now on in place of its own. */
  empty(memory = this.#memory): void {
    this.#memory = memory;
    this.#length = 0;
  }
}
