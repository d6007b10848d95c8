import type { Hash } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { AnswerReader } from './answer.ts';
import { patternPieces } from './payload.ts';
import type { Payload, Step } from './plan.ts';

const MIB = 1024 * 1024;
const READ_BYTES = MIB;
function requestHead(step: Step, path: string, host: string): string {
  const { payload } = step;
  const headers = { host, ...step.headers };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  if (payload?.isChunked) lines.push('transfer-encoding: chunked');
  else if (payload) {
    const lengthBytes = Buffer.byteLength(payload.before + payload.after) + payload.sizeBytes;
    lines.push(`content-length: ${lengthBytes}`);
  } else if (step.verb !== 'GET' && step.verb !== 'HEAD') lines.push('content-length: 0');
  return `${step.verb} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

function chunk(bytes: string | Buffer): Buffer[] {
  const body = Buffer.from(bytes);
  return [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')];
}

/** One kept connection that makes one request after the other. */
export class Connection {
  readonly #host: string;
  readonly #port: number;
  #socket: net.Socket | null = null;
  #reader: AnswerReader | null = null;
  #answered: PromiseWithResolvers<AnswerReader> | null = null;

  constructor(origin: string) {
    const url = new URL(origin);
    this.#host = url.hostname;
    this.#port = Number(url.port);
  }

  async #open(): Promise<net.Socket> {
    if (this.#socket && !this.#socket.destroyed) return this.#socket;
    const onread = {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback: (bytes: number, buffer: Uint8Array) => this.#received(buffer as Buffer, bytes),
    };
    const socket = net.connect({ host: this.#host, port: this.#port, noDelay: true, onread });
    await once(socket, 'connect');
    const fail = (error?: Error) => this.#answered?.reject(error ?? new Error('the connection was closed'));
    socket.on('error', fail);
    socket.on('close', () => fail());
    this.#socket = socket;
    return socket;
  }

  #received(buffer: Buffer, bytes: number): boolean {
    const reader = this.#reader;
    reader?.push(buffer.subarray(0, bytes));
    if (!reader?.isDone) return true;
    this.#reader = null;
    this.#answered?.resolve(reader);
    return true;
  }

  /**
   * Makes a request and reads its answer to the end.
   * @param hash gets the answer's body.
   * @throws when the connection breaks.
   */
  async send(step: Step, path: string, hash: Hash | null): Promise<AnswerReader> {
    const socket = await this.#open();
    const onBody = hash ? (bytes: Buffer) => void hash.update(bytes) : null;
    const answered = Promise.withResolvers<AnswerReader>();
    // Whoever still writes sees the end of the socket first.
    answered.promise.catch(() => {});
    this.#answered = answered;
    this.#reader = new AnswerReader(step.verb !== 'HEAD', onBody);
    const head = requestHead(step, path, `${this.#host}:${this.#port}`);
    if (step.payload) await writePayload(socket, head, step.payload);
    else socket.write(head);
    const answer = await answered.promise;
    if (/close/i.test(answer.header('connection') ?? '')) this.close();
    return answer;
  }

  close(): void {
    this.#answered = null;
    this.#socket?.destroy();
    this.#socket = null;
  }
}

/** Small ones in one write; large ones as fast as the socket takes them. */
async function writePayload(socket: net.Socket, head: string, payload: Payload): Promise<void> {
  const { before, sizeBytes, after, isChunked } = payload;
  const frame = isChunked ? chunk : (bytes: string | Buffer) => [Buffer.from(bytes)];
  const write = async (pieces: Buffer[]) => {
    socket.cork();
    for (const piece of pieces) socket.write(piece);
    socket.uncork();
    if (!socket.writableNeedDrain) return;
    await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
    if (socket.destroyed) throw new Error('the connection was closed in the middle of a request');
  };
  const opening = [Buffer.from(head), ...(before === '' ? [] : frame(before))];
  const closing = [...(after === '' ? [] : frame(after)), ...(isChunked ? [Buffer.from('0\r\n\r\n')] : [])];
  if (sizeBytes < MIB)
    return write([...opening, ...[...patternPieces(sizeBytes)].flatMap(frame), ...closing]);
  await write(opening);
  for (const piece of patternPieces(sizeBytes)) await write(frame(piece));
  await write(closing);
}
