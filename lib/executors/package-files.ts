import type { Readable } from 'node:stream';
import type { Caller } from '#lib/auth/caller.ts';
import { blobStore } from '#lib/blobs/store.ts';
import { pool } from '#lib/db/pool.ts';
import { isFault } from '#lib/errors.ts';
import type { StoredPackage } from '#lib/executors/executor-page.ts';
import { type ExecutorRow, SELECT_EXECUTOR, seesExecutor } from '#lib/executors/row.ts';
import { isId } from '#lib/ids.ts';
import { type OpenPackage, openPackage } from '#lib/packages/open.ts';
import { PackageError } from '#lib/packages/package-error.ts';

/** What of a file the page shows as text. */
const MAX_SHOWN_BYTES = 512 * 1024;
/** Pictures of a readme. */
const MAX_PICTURE_BYTES = 5 * 1024 * 1024;

function open({ key, store, sizeBytes }: StoredPackage): Promise<OpenPackage> {
  return openPackage({ sizeBytes, read: (start, end) => blobStore(store).read(key, start, end) });
}

/** What a file of a package is to a reader. */
export type PackageFile =
  | { kind: 'text'; text: string }
  /** Not text in UTF-8. */
  | { kind: 'binary' }
  | { kind: 'too-large' }
  /** The package, or this file of it, cannot be read. */
  | { kind: 'lost' };

function asText(bytes: Uint8Array): PackageFile {
  if (bytes.includes(0)) return { kind: 'binary' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'binary' };
  }
}

/** A file of a commit's package for its page; null when there is none of this path. */
export async function readPackageFile(stored: StoredPackage, path: string): Promise<PackageFile | null> {
  try {
    const files = await open(stored);
    const entry = files.entries.find((one) => one.path === path);
    if (!entry) return null;
    if (entry.sizeBytes > MAX_SHOWN_BYTES) return { kind: 'too-large' };
    return asText(await files.text(path));
  } catch (error) {
    if (error instanceof PackageError) return { kind: 'lost' };
    if (isFault(error) && (error.kind === 'gone-from-store' || error.kind === 'corrupt'))
      return { kind: 'lost' };
    throw error;
  }
}

/** What browsers show as a picture and nothing else, by the bytes that it begins with. No SVG: it is a document. */
const PICTURES: [type: string, isOne: (head: Buffer) => boolean][] = [
  ['image/png', (head) => head.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))],
  ['image/jpeg', (head) => head.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))],
  ['image/gif', (head) => ['GIF87a', 'GIF89a'].includes(head.toString('latin1', 0, 6))],
  [
    'image/webp',
    (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP',
  ],
];

async function readAll(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

interface PictureOptions {
  /** Null: nobody is signed in. */
  caller: Caller | null;
  commitId: string;
  path: string;
}

/** A picture of a package, for whoever may see its Executor; null when there is none, or none that they may see. */
export async function readPicture(options: PictureOptions): Promise<{ type: string; bytes: Buffer } | null> {
  const { caller, commitId, path } = options;
  if (!isId(commitId)) return null;
  const { rows } = await pool().query<ExecutorRow & { blobId: string; store: string; packageBytes: number }>(
    `SELECT e.*, c.blob_id AS "blobId", b.store, c.size_bytes::float8 AS "packageBytes"
     FROM (${SELECT_EXECUTOR} WHERE e.deleted_at IS NULL) e
       JOIN executor_commit c ON c.executor_id = e.id JOIN blob b ON b.id = c.blob_id WHERE c.id = $1`,
    [commitId],
  );
  const [row] = rows;
  if (!row || !seesExecutor(caller, row)) return null;
  try {
    const files = await open({ key: row.blobId, store: row.store, sizeBytes: row.packageBytes });
    const entry = files.entries.find((one) => one.path === path);
    if (!entry || entry.sizeBytes > MAX_PICTURE_BYTES) return null;
    const bytes = await readAll(await files.stream(path));
    const picture = PICTURES.find(([, isOne]) => isOne(bytes));
    return picture ? { type: picture[0], bytes } : null;
  } catch (error) {
    if (error instanceof PackageError) return null;
    throw error;
  }
}
