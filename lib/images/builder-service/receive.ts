import type { IncomingMessage } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import type { z } from 'zod';
import { Fault } from '#lib/errors.ts';
import { MAX_CONTEXT_BYTES, MAX_HEAD_BYTES, SILENCE_MS } from '#lib/images/builder-service/wire.ts';

const NEWLINE = 0x0a;
/** What a package may have of them, twice over: its folders count here too. */
const MAX_CONTEXT_FILES = 20_000;
const PLAIN = new Set(['File', 'OldFile', 'Directory']);

function malformed(cause?: unknown): Fault {
  return new Fault('invalid', 'The request is not what a builder is asked.', { cause });
}

/** The pieces of a body; fails when none comes for `SILENCE_MS` while one is waited for. */
async function* pieces(request: IncomingMessage): AsyncGenerator<Buffer> {
  const source = request[Symbol.asyncIterator]();
  for (;;) {
    const silence = setTimeout(() => request.destroy(new Error('the caller sends nothing')), SILENCE_MS);
    const { done, value } = await source.next().finally(() => clearTimeout(silence));
    if (done) return;
    yield value;
  }
}

/** The first line of a body as JSON, and the rest of it. */
export interface ReceivedHead<T> {
  head: T;
  rest: AsyncGenerator<Buffer>;
}

/**
 * Reads the first line of a request.
 * @throws Fault `invalid` for one that is too long, no JSON, or not what `schema` says.
 */
export async function receiveHead<S extends z.ZodType>(
  request: IncomingMessage,
  schema: S,
): Promise<ReceivedHead<z.output<S>>> {
  const body = pieces(request);
  const gathered: Buffer[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await body.next();
    const at = value?.indexOf(NEWLINE) ?? -1;
    const part = value?.subarray(0, at === -1 ? undefined : at);
    if (part) gathered.push(part);
    length += part?.length ?? 0;
    if (length > MAX_HEAD_BYTES) throw malformed();
    if (!done && at === -1) continue;
    const parsed = schema.safeParse(parseJson(Buffer.concat(gathered)));
    if (!parsed.success) throw malformed();
    const left = value?.subarray(at + 1);
    return { head: parsed.data, rest: after(done ? undefined : left, body) };
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw malformed(error);
  }
}

async function* after(first: Buffer | undefined, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first?.length) yield first;
  yield* rest;
}

/** Counts what passes, and takes no more than a package can be. */
function bounded(): Transform {
  let passed = 0;
  return new Transform({
    transform(piece: Buffer, _, done) {
      passed += piece.length;
      done(passed > MAX_CONTEXT_BYTES ? malformed() : null, piece);
    },
  });
}

/**
 * Unpacks a package into an empty folder. Files and folders alone: links and devices lead out of it.
 * @throws Fault `invalid` for what is no whole tar of files.
 */
export async function receiveContext(rest: AsyncGenerator<Buffer>, folder: string): Promise<void> {
  let [files, isPlain, isWhole] = [0, true, false];
  const unpacked = extract({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    // Nothing may be thrown in here: it would end the process.
    filter: (_, entry) => {
      files += 1;
      isPlain &&= files <= MAX_CONTEXT_FILES && 'type' in entry && PLAIN.has(entry.type);
      return isPlain;
    },
  });
  unpacked.on('eof', () => {
    isWhole = true;
  });
  try {
    await pipeline(Readable.from(rest), bounded(), unpacked as unknown as NodeJS.WritableStream);
  } catch (error) {
    throw malformed(error);
  }
  if (!isPlain || !isWhole) throw malformed();
}
