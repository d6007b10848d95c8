/** What is kept of an answer's body; the rest is counted only. */
const KEPT_BYTES = 64 * 1024;
const BLANK_LINE = Buffer.from('\r\n\r\n');
const LINE_BREAK = Buffer.from('\r\n');

type State = 'head' | 'length' | 'chunk size' | 'chunk' | 'chunk end' | 'trailer' | 'done';

/** Reads one answer (RFC 9112) as its bytes come, with as little work as a client can do. */
export class AnswerReader {
  status = 0;
  head = '';
  bodyBytes = 0;
  readonly #hasBody: boolean;
  readonly #onBody: ((bytes: Buffer) => void) | null;
  #state: State = 'head';
  #left = 0;
  #carried: Buffer = Buffer.alloc(0);
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;

  /** @param onBody gets every byte of the body; each piece is valid during the call only. */
  constructor(hasBody: boolean, onBody: ((bytes: Buffer) => void) | null = null) {
    this.#hasBody = hasBody;
    this.#onBody = onBody;
  }

  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** The beginning of the body. */
  get text(): string {
    return Buffer.concat(this.#kept).toString();
  }

  /** The value of a header, or undefined. */
  header(name: string): string | undefined {
    return new RegExp(`\r\n${name}: *([^\r]*)`, 'i').exec(this.head)?.[1];
  }

  /** Takes the next bytes; they may be reused afterwards. */
  push(piece: Buffer): void {
    let bytes = this.#carried.length === 0 ? piece : Buffer.concat([this.#carried, piece]);
    while (this.#state !== 'done') {
      const used = this.#step(bytes);
      if (used === 0) break;
      bytes = bytes.subarray(used);
    }
    this.#carried = bytes.length === 0 ? bytes : Buffer.from(bytes);
  }

  /** How many bytes were used up; 0 when more are needed. */
  #step(bytes: Buffer): number {
    if (this.#state === 'head') return this.#readHead(bytes);
    if (this.#state === 'length' || this.#state === 'chunk') return this.#readBody(bytes);
    const at = bytes.indexOf(LINE_BREAK);
    if (at === -1) return 0;
    const line = bytes.toString('latin1', 0, at);
    if (this.#state === 'chunk size') {
      this.#left = Number.parseInt(line, 16);
      this.#state = this.#left === 0 ? 'trailer' : 'chunk';
    } else if (this.#state === 'chunk end') this.#state = 'chunk size';
    else if (line === '') this.#state = 'done';
    return at + LINE_BREAK.length;
  }

  #readHead(bytes: Buffer): number {
    const at = bytes.indexOf(BLANK_LINE);
    if (at === -1) return 0;
    this.head = bytes.toString('latin1', 0, at);
    this.status = Number(this.head.slice(9, 12));
    const isInterim = this.status < 200;
    if (!isInterim) this.#state = this.#stateAfterHead();
    return at + BLANK_LINE.length;
  }

  #stateAfterHead(): State {
    if (!this.#hasBody || this.status === 204 || this.status === 304) return 'done';
    if (/chunked/i.test(this.header('transfer-encoding') ?? '')) return 'chunk size';
    this.#left = Number(this.header('content-length') ?? 0);
    return this.#left === 0 ? 'done' : 'length';
  }

  #readBody(bytes: Buffer): number {
    const part = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes;
    this.#onBody?.(part);
    if (this.#keptBytes < KEPT_BYTES) {
      // A copy: the reader's buffer is used again.
      this.#kept.push(Buffer.from(part.subarray(0, KEPT_BYTES - this.#keptBytes)));
      this.#keptBytes += part.length;
    }
    this.bodyBytes += part.length;
    this.#left -= part.length;
    if (this.#left === 0) this.#state = this.#state === 'chunk' ? 'chunk end' : 'done';
    return part.length;
  }
}
