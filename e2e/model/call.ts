import type { Answer, File } from './answer.ts';
import { bytesOf } from './content.ts';
import { exchange, type Reply, type Request } from './http.ts';
import type { Called, Push, Read } from './op.ts';
import type { Station } from './station.ts';
import { OK } from './step.ts';
import type { Who } from './world.ts';

const BOUNDARY = 'a-boundary-that-no-content-has';

let marks = 0;

/** Headers of a caller; the mark makes the request known again in the server's log. */
function headersOf(
  station: Station,
  who: Who,
  type?: string,
): { mark: string; headers: Record<string, string> } {
  marks += 1;
  const mark = `mark${marks}`;
  const headers: Record<string, string> = { 'jinameta-session-id': mark };
  if (who !== 'nobody') headers.authorization = `token ${station.tokens[who]}`;
  if (type) headers['content-type'] = type;
  return { mark, headers };
}

/** The body of a push as docarray sends it: the file first, then what is to be known of it. */
function multipart({ fields, content }: Pick<Push, 'fields' | 'content'>): Buffer {
  const open = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="DocumentArray"\r\n\r\n`;
  const rest = Object.entries(fields).map(
    ([name, value]) => `\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`,
  );
  return Buffer.concat([
    Buffer.from(open),
    bytesOf(content),
    Buffer.from(`${rest.join('')}\r\n--${BOUNDARY}--\r\n`),
  ]);
}

/** The request of a push, and its mark. */
export function pushRequest(
  station: Station,
  op: Push,
): { mark: string; request: Request & { body: Buffer } } {
  const { mark, headers } = headersOf(station, op.who, `multipart/form-data; boundary=${BOUNDARY}`);
  const url = `${station.server.url}/v2/rpc/artifact.upload`;
  const { isAnnounced, cut } = op;
  return { mark, request: { url, method: 'POST', headers, body: multipart(op), isAnnounced, cut } };
}

function form(pairs: [string, string][]): Buffer {
  return Buffer.from(new URLSearchParams(pairs).toString());
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** Each method as one of its clients calls it (contract 4.3 to 4.8). */
function requestOf(station: Station, op: Called): { mark: string; request: Request } {
  if (op.kind === 'push') return pushRequest(station, op);
  const make = (method: 'GET' | 'POST', name: string, type?: string, body?: Buffer) => {
    const { mark, headers } = headersOf(station, op.who, type);
    const url = `${station.server.url}/v2/rpc/artifact.${name}`;
    return { mark, request: { url, method, headers, body, isAnnounced: true, cut: op.cut } };
  };
  const asJson = (value: unknown) => Buffer.from(JSON.stringify(value));
  switch (op.kind) {
    case 'pull':
      return make('GET', `getDownloadUrl?${form(Object.entries(op.sent))}`);
    case 'detail':
      return make('POST', 'getDetail', JSON_TYPE, asJson(op.sent));
    case 'update':
      return make('POST', 'update', JSON_TYPE, asJson(op.fields));
    case 'delete':
      return make('POST', 'delete', FORM, form(Object.entries(op.sent)));
    case 'deleteMany': {
      const ids = op.sent.ids.map((id): [string, string] => ['ids', id]);
      return make(
        'POST',
        'deleteMany',
        FORM,
        form([...ids, ...op.sent.names.map((name): [string, string] => ['names', name])]),
      );
    }
    case 'list':
      return make('POST', 'list', JSON_TYPE, asJson(op.query));
  }
}

interface Body {
  status: number;
  data: unknown;
  meta?: { total: number };
  message?: string;
}

/** What a reply of the API says. */
export function answerOf(reply: Reply): Answer {
  if (reply.kind === 'gone away') return { kind: 'lost', why: 'we went away' };
  if (reply.kind === 'lost') return reply.why === 'ECONNREFUSED' ? { kind: 'not done' } : reply;
  if (!reply.isWhole) return { kind: 'lost', why: 'half an answer' };
  const body = JSON.parse(reply.bytes.toString()) as Body;
  const message = (body.message ?? '').replace(/ \(request .*\)$/, '');
  const { data, meta } = body;
  return { kind: 'answered', code: `${reply.status}/${body.status}`, data, total: meta?.total, message };
}

/** Downloads what a link names. The server may have got another port since it was given. Null: it did not answer. */
export async function download(station: Station, link: string): Promise<File | null> {
  const url = `${station.server.url}${new URL(link).pathname}`;
  const reply = await exchange({ url, method: 'GET', headers: {} });
  if (reply.kind !== 'reply') return null;
  if (reply.status === 200) return { code: OK, bytes: reply.bytes, isWhole: reply.isWhole };
  const answer = answerOf(reply);
  return { code: answer.kind === 'answered' ? answer.code : 'half an answer', bytes: null };
}

function linkOf(answer: Answer): string | null {
  if (answer.kind !== 'answered' || answer.code !== OK) return null;
  return (answer.data as { download: string }).download;
}

/** Calls the server as told, and waits until it is done with the request, also where nobody waits for the answer. */
async function callMethod(station: Station, op: Called): Promise<Answer> {
  const { life } = station;
  const { mark, request } = requestOf(station, op);
  const reply = await exchange(request);
  if (reply.kind === 'gone away') await station.untilOver(mark, life);
  return typeof op.cut === 'number' ? { kind: 'not done' } : answerOf(reply);
}

/** The link that a caller gets, or null when there is none for them. */
export async function askForLink(station: Station, op: Read): Promise<string | null> {
  const answer = await callMethod(station, { ...op, kind: 'pull' });
  return linkOf(answer);
}

/** An act over HTTP; a pull is two requests, for the link and for the bytes. */
export async function call(station: Station, op: Called): Promise<Answer> {
  const answer = await callMethod(station, op);
  const link = op.kind === 'pull' && linkOf(answer);
  if (!link || answer.kind !== 'answered') return answer;
  return { ...answer, file: await download(station, link) };
}
