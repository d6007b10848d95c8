import net from 'node:net';
import { origin, type Reply } from './client.ts';

/** Long enough for every answer; what takes longer hangs. */
const PATIENT_MS = 20_000;

function connect(): net.Socket {
  const { hostname, port } = new URL(origin());
  return net.connect({ host: hostname, port: Number(port), allowHalfOpen: true });
}

async function write(socket: net.Socket, pieces: Iterable<Buffer | string>): Promise<void> {
  for (const piece of pieces) {
    const bytes = Buffer.from(piece as Buffer);
    await new Promise<void>((resolve, reject) => {
      socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }
}

/** The body of an answer whose head says how long it is; what is left of the bytes comes after it. */
function takeBody(headers: Reply['headers'], bytes: Buffer): { body: Buffer; rest: Buffer } {
  if (headers['transfer-encoding'] !== 'chunked') {
    const length = headers['content-length'] === undefined ? bytes.length : Number(headers['content-length']);
    return { body: bytes.subarray(0, length), rest: bytes.subarray(length) };
  }
  const chunks: Buffer[] = [];
  for (let rest = bytes; ; ) {
    const end = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.subarray(0, end).toString(), 16);
    if (!(size > 0)) return { body: Buffer.concat(chunks), rest: rest.subarray(end + 4) };
    chunks.push(rest.subarray(end + 2, end + 2 + size));
    rest = rest.subarray(end + 2 + size + 2);
  }
}

/** Every answer that stands in `bytes`, one after the other; interim ones (1xx) are left out. */
function readAnswers(bytes: Buffer): Reply[] {
  const answers: Reply[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0 || !rest.subarray(0, 9).equals(Buffer.from('HTTP/1.1 ')))
      throw new Error(`no answer: ${rest.subarray(0, 200).toString('latin1')}`);
    const [first = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const status = Number(first.split(' ')[1]);
    const headers = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    );
    const hasNoBody = status < 200 || status === 204 || status === 304;
    const after = rest.subarray(end + 4);
    const { body, rest: left } = hasNoBody
      ? { body: Buffer.alloc(0), rest: after }
      : takeBody(headers, after);
    if (status >= 200) answers.push({ status, headers, bytes: body });
    rest = left;
  }
  return answers;
}

interface Conversation {
  /** Says after the last byte that we have no more to send. */
  halfCloses?: boolean;
  /** Says so after this silence, for bytes of which nobody knows whether they are a whole request. */
  quietMs?: number;
}

/**
 * Writes every byte before it reads any, as Python's client does, then reads until the server closes its side.
 * @returns all that came back. @throws when it is still open after 20 s of silence.
 */
export async function converse(
  pieces: Iterable<Buffer | string>,
  { halfCloses = false, quietMs }: Conversation = {},
): Promise<Buffer> {
  const socket = connect();
  const received: Buffer[] = [];
  const closed = new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error('the connection hangs'));
    const end = () => socket.setTimeout(PATIENT_MS, fail).end();
    socket.setTimeout(quietMs ?? PATIENT_MS, quietMs === undefined ? fail : end);
    for (const event of ['error', 'end']) socket.on(event, () => resolve());
  });
  closed.catch(() => {});
  socket.pause();
  try {
    await write(socket, pieces).catch(() => {});
    if (halfCloses) socket.end();
    socket.on('data', (piece: Buffer) => received.push(piece));
    socket.resume();
    await closed;
  } finally {
    socket.destroy();
  }
  return Buffer.concat(received);
}

/** Like `converse`. @returns every answer on the connection, in order. */
export async function exchange(
  pieces: Iterable<Buffer | string>,
  conversation: Conversation = {},
): Promise<Reply[]> {
  return readAnswers(await converse(pieces, conversation));
}

/** Writes the pieces and cuts the connection. */
export async function writeThenCut(pieces: Iterable<Buffer | string>): Promise<void> {
  const socket = connect();
  await write(socket, pieces);
  socket.resetAndDestroy();
}
