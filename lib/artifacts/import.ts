import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { commitPush } from '#lib/artifacts/commit-push.ts';
import { openFile, readFile } from '#lib/artifacts/import-file.ts';
import { findLegacy } from '#lib/artifacts/legacy.ts';
import type { Owner } from '#lib/artifacts/pusher.ts';
import { isNamespace } from '#lib/artifacts/resolve-target.ts';
import type { ArtifactRow } from '#lib/artifacts/row.ts';
import { LIBRARY, LIBRARY_TERMS, systemNamespaceId } from '#lib/artifacts/system-namespaces.ts';
import { withBlob } from '#lib/artifacts/with-blob.ts';
import type { Origin } from '#lib/audit/record.ts';
import { receiveBlob } from '#lib/blobs/receive.ts';
import { type Clock, DAY_MS } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';
import { requireArtifactName, requireArtifactType, splitName } from '#lib/names/artifact-name.ts';

interface ImportOptions {
  /** Without a namespace: what its users wrote before there were namespaces. */
  name: string;
  /** An absolute path. */
  path: string;
  type: string;
  /** Null keeps it for ever. */
  days: number | null;
  origin: Origin;
  clock: Clock;
}

/** A name that nobody could pull is not worth importing. */
async function requireName(name: string): Promise<string> {
  requireArtifactName(name);
  const slug = splitName(name)?.slug;
  if (slug === undefined || !(await isNamespace(slug))) return name;
  throw new Fault(
    'invalid',
    `The name begins with the namespace ${slug}, so it would mean something of theirs. Choose a name without it.`,
  );
}

async function sha256(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of readFile(handle)) hash.update(piece);
  return hash.digest('hex');
}

/** @throws Fault `name-taken`: neither an import nor a push without token is overridden by an import. */
async function requireFree(name: string, handle: FileHandle): Promise<void> {
  const before = await findLegacy(name);
  if (!before) return;
  const goOn = `Delete it first with "artifact delete --legacy", or choose another name.`;
  if (before.namespace !== LIBRARY)
    throw new Fault(
      'name-taken',
      `${name} was pushed without a token and is not replaced by an import. ${goOn}`,
    );
  if (before.sha256 === (await sha256(handle)))
    throw new Fault(
      'name-taken',
      `${name} was imported before, from the same bytes. There is nothing to do.`,
    );
  throw new Fault(
    'name-taken',
    `${name} was imported before, from other bytes, and is never replaced. ${goOn}`,
  );
}

async function importFile(
  handle: FileHandle,
  sizeBytes: number,
  options: ImportOptions,
): Promise<ArtifactRow> {
  const { name, days, origin } = options;
  await requireFree(name, handle);
  const now = options.clock.now();
  const namespaceId = await systemNamespaceId(LIBRARY, LIBRARY_TERMS);
  const owner: Owner = { namespaceId, namespace: LIBRARY, userId: null };
  const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
  return withBlob({ namespaceId, announcedBytes: sizeBytes }, async (blob) =>
    commitPush({
      owner,
      target: { kind: 'import', name, expiresAt },
      // MAX_UPLOAD_BYTES is for uploads.
      received: await receiveBlob(blob, readFile(handle), Number.POSITIVE_INFINITY),
      type: options.type,
      visibility: 'public',
      visibilityWhenNew: 'public',
      metaData: undefined,
      client: {},
      origin,
      now,
    }),
  );
}

/**
 * Imports a file as an un-namespaced, public artifact (contract 4.10, docs/decisions/014), with the same promises as
 * a push and one piece of it in memory at a time. Nothing replaces it any more.
 * @throws Fault `invalid` for a name, type or file that cannot be; `name-taken` when the name is in use.
 */
export async function importArtifact(options: ImportOptions): Promise<ArtifactRow> {
  await requireName(options.name);
  requireArtifactType(options.type);
  const { handle, sizeBytes } = await openFile(options.path, 'Give the file that docarray wrote.');
  try {
    return await importFile(handle, sizeBytes, options);
  } finally {
    await handle.close();
  }
}
