import { createHash } from 'node:crypto';
import { type Files, PLAIN_EXECUTOR, zipOf } from '#lib/testing/executor-zip.ts';
import { freshName } from './artifacts.ts';
import { type Reply, rpc } from './client.ts';
import { multipart } from './multipart.ts';
import type { Person } from './people.ts';

/** A line of a stream (contract 7.2 and 7.5). */
export interface Line {
  type: string;
  subject?: string;
  message?: string;
  status?: string;
  payload?: Payload;
  data?: { sn: number; dt: number; data: Line };
  result?: Payload;
  error?: { message: string };
}

/** What a finished push answers, or the envelope of what failed. */
export interface Payload {
  id: string;
  name: string;
  visibility: string;
  secret?: string;
  owner?: { name: string };
  commit: { id: string; tags: string[] };
  status?: number;
  err?: { code: number };
}

/** The text fields of a push. */
export type PushFields = Record<string, string>;

interface PushOptions {
  method?: string;
  files?: Files;
  /** In the place of a zip of `files`. */
  bytes?: Buffer;
  headers?: Record<string, string>;
}

/** A push as HubIO makes it: the file last, with a length. */
export async function sendPush(
  who: { token?: string },
  fields: PushFields,
  { method = 'executor.push', files = PLAIN_EXECUTOR, bytes, headers }: PushOptions = {},
): Promise<Reply> {
  const zip = bytes ?? (await zipOf(files));
  const md5sum = createHash('md5').update(zip).digest('hex');
  const texts = Object.entries({ public: 'False', private: 'True', md5sum, verbose: 'True', ...fields });
  const { type, body } = multipart([
    ...texts.map(([name, value]) => ({ name, value })),
    { name: 'file', filename: 'filename', value: zip },
  ]);
  return rpc(method, { token: who.token, headers: { 'content-type': type, ...headers }, body });
}

/** The lines of a stream. */
export function linesOf(reply: Reply): Line[] {
  const text = reply.bytes.toString();
  if (!text.endsWith('\n')) throw new Error(`the stream ends in the middle of a line: ${text.slice(-200)}`);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Pushes to the end; fails when the push does. */
export async function pushedExecutor(
  who: Person,
  fields: PushFields = {},
  options: PushOptions = {},
): Promise<Payload> {
  const last = linesOf(await sendPush(who, { id: freshName('Executor'), ...fields }, options)).at(-1);
  if (last?.type !== 'complete' || !last.payload) throw new Error(`the push failed: ${JSON.stringify(last)}`);
  return last.payload;
}
