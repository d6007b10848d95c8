import { type Artifact, pushParts } from '../artifacts.ts';
import { envelope, origin, type Reply, rpc, send } from '../client.ts';
import { chunk, inPieces, LAST_CHUNK, multipart, type Part } from '../multipart.ts';
import type { Person } from '../people.ts';
import { exchange } from '../wire.ts';

/** Whose things must be unharmed: somebody, and the one artifact that they have. */
export interface Scene {
  who: Person;
  kept: Artifact & { name: string };
}

/** One line of the table. */
export interface Row {
  /** What is sent, in words. */
  sent: string;
  /** `HTTP/status`; HTTP alone where the answer has no body of ours; `none` where nobody is left to be answered. */
  answer: string;
  /** What a success means, which has no sentence of its own. */
  means?: string;
  /** Sends it. @returns its answer; null for `none`. */
  send(scene: Scene): Promise<Reply | null>;
}

/** Rows of one kind, under a heading. */
export interface Section {
  title: string;
  rows: Row[];
}

/** The bytes that no row may make anybody's. */
const FILE = { name: 'file', filename: 'DocumentArray', value: 'hostile bytes' };

/** The parts of a push that would replace what is there: its file, its name, and what the row adds. */
export function hostileParts({ kept }: Scene, ...more: Part[]): Part[] {
  return [FILE, { name: 'name', value: kept.name }, ...more];
}

/** A push onto what is there, of these parts, chunked. */
export function pushOnto(scene: Scene, ...more: Part[]): Promise<Reply> {
  return pushParts(scene.who, hostileParts(scene, ...more));
}

/** A push of any bytes as a body of any type, with its length. */
export function pushBody({ who }: Scene, type: string | undefined, body: Buffer | string): Promise<Reply> {
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  return rpc('artifact.upload', { token: who.token, headers, body: Buffer.from(body as string) });
}

/** A POST of a text as JSON. */
export function postJson({ who }: Scene, method: string, text: string | Buffer): Promise<Reply> {
  const headers = { 'content-type': 'application/json' };
  return rpc(method, { token: who.token, headers, body: Buffer.from(text as string) });
}

/** A GET with a query that is sent as it is. */
export function getWith({ who }: Scene, method: string, query: string): Promise<Reply> {
  return send({ path: `/v2/rpc/${method}?${query}`, headers: { authorization: `token ${who.token}` } });
}

/** A request line and headers as they stand on the wire, Host and token included; `lines` come after them. */
export function head(token: string, line: string, ...lines: string[]): string {
  const { host } = new URL(origin());
  const all = [`${line} HTTP/1.1`, `Host: ${host}`, `Authorization: token ${token}`, ...lines];
  return `${all.join('\r\n')}\r\n\r\n`;
}

/** docarray's request as it stands on the wire, its body in pieces. */
export function wirePush(token: string, name: string, sizeBytes: number): Buffer[] {
  const parts = [
    { ...FILE, value: Buffer.alloc(sizeBytes, 7) },
    { name: 'name', value: name },
  ];
  const { type, body } = multipart(parts);
  const first = head(
    token,
    'POST /v2/rpc/artifact.upload',
    `Content-Type: ${type}`,
    'Transfer-Encoding: chunked',
  );
  return [Buffer.from(first), ...[...inPieces(body)].map(chunk), LAST_CHUNK];
}

/** The answer of a client that writes all before it reads. */
export async function writeAllThenRead(pieces: Iterable<Buffer | string>): Promise<Reply> {
  const [reply] = await exchange(pieces);
  if (reply?.headers.connection !== 'close') throw new Error('no answer that closes the connection');
  return reply;
}

function isPing(reply: Reply | undefined): boolean {
  return reply === undefined || (reply.status === 200 && reply.bytes.toString() === '{"ok":true}');
}

/**
 * Sends bytes as they are, and a ping behind them. What the bytes smuggle must not become a request: besides their
 * one answer there may be that of the ping.
 */
export async function sendRaw(
  pieces: (string | Buffer)[],
  how: { halfCloses?: boolean } = {},
): Promise<Reply | null> {
  const ping = `GET /ping HTTP/1.1\r\nHost: ${new URL(origin()).host}\r\nConnection: close\r\n\r\n`;
  const [reply, next, ...more] = await exchange(how.halfCloses ? pieces : [...pieces, ping], how);
  if (more.length > 0 || !isPing(next)) throw new Error('something else was answered on the connection too');
  return reply ?? null;
}

/** `HTTP/status` of an answer of ours, HTTP alone of any other one. */
export function answerOf(reply: Reply | null): string {
  if (reply === null) return 'none';
  const isOurs = reply.headers['content-type']?.startsWith('application/json') && reply.bytes.length > 0;
  if (!isOurs || envelope(reply).status === undefined) return String(reply.status);
  const { code, status } = envelope(reply);
  if (code !== reply.status) throw new Error(`code ${code} in an answer of HTTP ${reply.status}`);
  return `${reply.status}/${status}`;
}

/** The sentence of a refusal, without its request id; empty for any other answer. */
export function sentenceOf(reply: Reply | null): string {
  if (reply === null || !answerOf(reply).includes('/')) return '';
  return (envelope(reply).message ?? '').replace(/ \(request [\w-]+\)$/, '');
}
