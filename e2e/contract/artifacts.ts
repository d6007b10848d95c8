import { randomBytes } from 'node:crypto';
import { dataOf, envelope, type Reply, rpc, send, origin as stationUrl } from './client.ts';
import { inPieces, multipart, type Part } from './multipart.ts';
import type { Person } from './people.ts';

/** An artifact as replies show it (contract 4.1). */
export interface Artifact {
  _id: string;
  name: string | null;
  visibility: 'public' | 'private';
  metaData: Record<string, unknown> | null;
  size: number;
  sha256: string;
  createdAt: string;
  updatedAt: string;
  expireAt: string | null;
}

/** What goes with the bytes of a push, as the text fields of the form. */
export type Fields = Partial<Record<'id' | 'name' | 'type' | 'public' | 'metaData', string>>;

/** A name that nobody has used. */
export function freshName(label: string): string {
  return `${label}-${randomBytes(6).toString('hex')}`;
}

/** A push as docarray makes it: the file first, chunked, without a length. */
export function push(
  who: { token?: string },
  fields: Fields,
  bytes: string | Buffer = 'some bytes',
): Promise<Reply> {
  const parts: Part[] = [
    { name: 'file', filename: 'DocumentArray', value: bytes },
    ...Object.entries(fields).map(([name, value]) => ({ name, value })),
  ];
  return pushParts(who, parts);
}

interface PushOptions {
  method?: 'artifact.upload' | 'da.push';
  headers?: Record<string, string>;
}

/** A push with exactly these parts. */
export function pushParts(
  who: { token?: string },
  parts: Part[],
  { method = 'artifact.upload', headers }: PushOptions = {},
): Promise<Reply> {
  const { type, body } = multipart(parts);
  return rpc(method, {
    token: who.token,
    headers: { 'content-type': type, ...headers },
    body: inPieces(body),
  });
}

/** What docarray says of itself in headers up to 0.18, when it pushes (contract 1.5). */
export const EARLY_DOCARRAY = {
  docarray: '0.13.7',
  protobuf: '3.20.3',
  python: '3.11.4',
  uid: '2485377957377',
};

/** A push as docarray before 0.11.3 makes it: the name is called a token. */
export function daPush(
  who: { token?: string },
  token: string,
  bytes: string | Buffer = 'some bytes',
  headers: Record<string, string> = {},
): Promise<Reply> {
  const parts = [
    { name: 'file', filename: 'DocumentArray', value: bytes },
    { name: 'token', value: token },
  ];
  return pushParts(who, parts, { method: 'da.push', headers: { ...EARLY_DOCARRAY, ...headers } });
}

/** The bytes that a reply's download URL gives to whoever has it. */
export async function bytesBehind(reply: Reply): Promise<string> {
  const { download } = dataOf<{ download: string }>(reply);
  const { origin, pathname, search } = new URL(download);
  if (origin !== stationUrl()) throw new Error(`a download from ${origin}`);
  return (await send({ path: pathname + search })).bytes.toString();
}

/** A push that must succeed. */
export async function pushed(who: Person, fields: Fields, bytes?: string | Buffer): Promise<Artifact> {
  return dataOf<Artifact>(await push(who, fields, bytes));
}

/** The artifact as `who` sees it. */
export async function detail(who: Person, ref: { id?: string; name?: string }): Promise<Artifact> {
  return dataOf<Artifact>(await rpc('artifact.getDetail', { token: who.token, json: ref }));
}

/** The absolute download URL's path. */
export async function downloadPath(who: Person, ref: { id?: string; name?: string }): Promise<string> {
  const reply = await rpc('artifact.getDownloadUrl', { token: who.token, json: ref });
  const url = new URL(dataOf<{ download: string }>(reply).download);
  return url.pathname + url.search;
}

/** The names in the order of the list. */
export async function listedNames(who: Person, query: object = {}): Promise<(string | null)[]> {
  const reply = await rpc('artifact.list', { token: who.token, json: query });
  return (envelope(reply).data as Artifact[]).map((artifact) => artifact.name);
}

/** Removes all that somebody has stored, for good. */
export async function removeAll(...people: Person[]): Promise<void> {
  for (const { token } of people) {
    const listed = dataOf<Artifact[]>(await rpc('artifact.list', { token }));
    const ids = listed.map((artifact) => artifact._id);
    if (ids.length === 0) continue;
    for (const method of ['artifact.deleteMany', 'artifact.purge'])
      dataOf(await rpc(method, { token, json: { ids } }));
  }
}
