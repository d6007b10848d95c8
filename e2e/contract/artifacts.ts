import { randomBytes } from 'node:crypto';
import { dataOf, envelope, type Reply, rpc } from './client.ts';
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

/** A push with exactly these parts. */
export function pushParts(who: { token?: string }, parts: Part[]): Promise<Reply> {
  const { type, body } = multipart(parts);
  return rpc('artifact.upload', {
    token: who.token,
    headers: { 'content-type': type },
    body: inPieces(body),
  });
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

/** Removes all that somebody has stored. */
export async function removeAll(...people: Person[]): Promise<void> {
  for (const { token } of people) {
    const listed = dataOf<Artifact[]>(await rpc('artifact.list', { token }));
    const ids = listed.map((artifact) => artifact._id);
    if (ids.length > 0) dataOf(await rpc('artifact.deleteMany', { token, json: { ids } }));
  }
}
