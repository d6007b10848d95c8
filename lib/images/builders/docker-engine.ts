import http, { type IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readLines } from './lines.ts';

const API = '/v1.40';
/** Far above what an engine gathers into one event. */
const MAX_EVENT_LENGTH = 1024 * 1024;

/** A line of what an engine says while it works. */
export interface EngineEvent {
  stream?: string;
  status?: string;
  error?: string;
  errorDetail?: { code?: number };
  aux?: { ID?: string; Digest?: string };
}

interface EngineRequest {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: Readable;
  signal: AbortSignal;
}

/** An engine that does not answer, or answers with an error; the message is for the log. */
export class EngineError extends Error {}

/** Where `unix:///var/run/docker.sock` or `tcp://host:2375` is. */
function placeOf(host: string): http.RequestOptions {
  const url = new URL(host);
  if (url.protocol === 'unix:') return { socketPath: url.pathname };
  return { host: url.hostname, port: url.port || 2375 };
}

/** Asks an engine. @throws EngineError when it says no; what it says then is the message. */
export async function askEngine(host: string, { body, ...asked }: EngineRequest): Promise<IncomingMessage> {
  const { method, path, headers, signal } = asked;
  const options = { ...placeOf(host), method, path: `${API}${path}`, headers, signal };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = http.request(options, resolve).on('error', reject);
    // A body that fails ends the request, whose own error is the one that counts.
    if (body) pipeline(body, request).catch(() => undefined);
    else request.end();
  }).catch((error: Error) => {
    signal.throwIfAborted();
    throw new EngineError(error.message, { cause: error });
  });
  if ((answer.statusCode ?? 500) < 400) return answer;
  let said = '';
  for await (const piece of answer) said = `${said}${piece}`.slice(0, 2000);
  throw new EngineError(said.trim());
}

/** Reads what an engine says until it has said all. Lines too long to be JSON are left out. */
export async function readEvents(
  answer: IncomingMessage,
  onEvent: (event: EngineEvent) => void,
): Promise<void> {
  const lines = new Transform({ transform: (piece, _encoding, done) => done(null, piece) });
  const hear = (line: string) => {
    try {
      onEvent(JSON.parse(line) as EngineEvent);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  };
  readLines(lines, hear, MAX_EVENT_LENGTH);
  await pipeline(answer, lines);
}
