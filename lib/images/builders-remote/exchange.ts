import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Fault } from '#lib/errors.ts';
import {
  type BuilderLine,
  builderLine,
  MAX_LINE_BYTES,
  SILENCE_MS,
} from '#lib/images/builder-service/wire.ts';

const MAX_REFUSAL_BYTES = 65_536;
const AWAY = 'The builder of images went away in the middle. Push again.';
const UNREACHABLE = 'The builder of images does not answer right now. Push again in a few minutes.';

/** Where a builder is, and what it asks for. */
export interface BuilderAddress {
  url: string;
  token: string;
}

interface Exchange {
  method: 'POST' | 'DELETE';
  path: string;
  signal: AbortSignal;
}

/** An open request to a builder. Whoever aborts `signal` closes the connection. */
export function openRequest(
  { url, token }: BuilderAddress,
  { method, path, signal }: Exchange,
): ClientRequest {
  const { request } = url.startsWith('https:') ? https : http;
  return request(new URL(path, url), {
    method,
    signal,
    agent: false,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
  });
}

/**
 * The head of the answer to a request, as soon as it comes.
 * @throws Fault `unavailable` when there is none, or it is a refusal: nothing of the user's failed.
 */
export async function answerOf(request: ClientRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).on('error', reject);
    request.setTimeout(SILENCE_MS, () => request.destroy(new Error('the builder says nothing')));
  }).catch((error) => {
    signal.throwIfAborted();
    throw new Fault('unavailable', UNREACHABLE, { cause: error });
  });
  // Whoever reads it sees the error; one that nobody reads any more must not end the process.
  response.on('error', () => {});
  if (response.statusCode === 200) return response;
  const cause = new Error(`the builder answered ${response.statusCode}: ${await refusalOf(response)}`);
  request.destroy();
  throw new Fault(
    'unavailable',
    'The builder of images refuses this server; its administrator can see why in the log.',
    {
      cause,
    },
  );
}

async function refusalOf(response: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const piece of response) {
      text += piece;
      if (text.length > MAX_REFUSAL_BYTES) break;
    }
  } catch {
    // What came until then says enough.
  }
  return text.slice(0, MAX_REFUSAL_BYTES);
}

function parse(text: string): BuilderLine {
  try {
    return builderLine.parse(JSON.parse(text));
  } catch (error) {
    throw new Fault('unavailable', 'The builder of images speaks another version than this server.', {
      cause: error,
    });
  }
}

/** The lines of an answer. @throws Fault `unavailable` when it breaks off, is silent, or is not what a builder says. */
async function* linesOf(response: IncomingMessage): AsyncGenerator<BuilderLine> {
  response.setEncoding('utf8');
  let left = '';
  for await (const piece of response as AsyncIterable<string>) {
    const lines = (left + piece).split('\n');
    left = lines.pop() ?? '';
    if (left.length > MAX_LINE_BYTES) throw new Fault('unavailable', AWAY);
    for (const line of lines) yield parse(line);
  }
}

/** The last line of an answer that went well. */
type Outcome = Extract<BuilderLine, { type: 'built' | 'pushed' }>;

/**
 * Reads an answer to its end, and tells each line of its log.
 * @throws the Fault that the builder tells; Fault `unavailable` when it goes away.
 */
export async function outcomeOf(
  response: IncomingMessage,
  onLog: (line: string, source: 'stdout' | 'stderr') => void,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    for await (const line of linesOf(response)) {
      if (line.type === 'log') onLog(line.line, line.source);
      else if (line.type === 'failed') throw new Fault(line.kind, line.sentence);
      else if (line.type !== 'beat') return line;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Fault) throw error;
    throw new Fault('unavailable', AWAY, { cause: error });
  }
  throw new Fault('unavailable', AWAY);
}
