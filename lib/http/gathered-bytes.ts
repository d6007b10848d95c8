/**
 * Bytes gathered from pieces of any size. They are copied together: a client may send them one by one, and a piece
 * costs a hundred times as much memory as its byte; and a piece of an upload is gone when the next one comes.
 */
export class GatheredBytes {
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) this.#grow(this.#length === 0 ? length : 2 * length);
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  #grow(capacity: number): void {
    const grown = Buffer.allocUnsafe(capacity);
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }

  /** All of them; valid until the next `add`. */
  whole(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}
