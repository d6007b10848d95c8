import type { Readable } from 'node:stream';
import { blobStore } from '#lib/blobs/store.ts';
import { pool } from '#lib/db/pool.ts';
import { isFault } from '#lib/errors.ts';
import { SafeNames } from '#lib/exports/safe-name.ts';
import type { ExportFile } from '#lib/exports/zip.ts';

const BATCH = 50;

interface Artifact {
  id: string;
  name: string | null;
  type: string | null;
  visibility: 'public' | 'private';
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date | null;
  /** It is in the trash since then. */
  deletedAt: Date | null;
  currentVersionId: string;
}

interface Version {
  id: string;
  number: number;
  blobId: string;
  store: string;
  sizeBytes: number;
  sha256: string;
  metaDataText: string | null;
  client: unknown;
  createdAt: Date;
}

/** Where the export has an artifact or an Executor, and which of its versions or commits it could not have. */
export interface IndexEntry {
  id: string;
  name: string | null;
  folder: string;
  /** Numbers of versions or commits whose bytes were gone: deleted meanwhile, or lost. */
  missing: number[];
}

/** Live ones and those in the trash each have indexes of their own. */
const IDS = `
  SELECT id FROM artifact WHERE namespace_id = $1 AND deleted_at IS NULL
  UNION ALL SELECT id FROM artifact WHERE namespace_id = $1 AND deleted_at IS NOT NULL`;

const READ = `
  SELECT id, coalesce(name, legacy_name) AS name, type, visibility, created_at AS "createdAt",
    updated_at AS "updatedAt", expires_at AS "expiresAt", deleted_at AS "deletedAt",
    current_version_id AS "currentVersionId"
  FROM artifact WHERE id = ANY($1) ORDER BY created_at, id`;

/** Those that are there at the start, a few at a time: what moves to the trash or back meanwhile is told once. */
async function* readArtifacts(namespaceId: string): AsyncGenerator<Artifact> {
  const { rows: all } = await pool().query<{ id: string }>(IDS, [namespaceId]);
  for (let start = 0; start < all.length; start += BATCH) {
    const ids = all.slice(start, start + BATCH).map(({ id }) => id);
    yield* (await pool().query<Artifact>(READ, [ids])).rows;
  }
}

async function readVersions(artifactId: string): Promise<Version[]> {
  const { rows } = await pool().query<Version>(
    `SELECT v.id, v.number, v.blob_id AS "blobId", b.store, v.size_bytes::float8 AS "sizeBytes",
       encode(v.sha256, 'hex') AS sha256, v.meta_data_text AS "metaDataText", v.client, v.created_at AS "createdAt"
     FROM artifact_version v JOIN blob b ON b.id = v.blob_id WHERE v.artifact_id = $1 ORDER BY v.number DESC`,
    [artifactId],
  );
  return rows;
}

/** The bytes of a version; null when they are gone. */
async function open({ store, blobId, sizeBytes }: Version): Promise<Readable | string | null> {
  if (sizeBytes === 0) return '';
  try {
    return await blobStore(store).read(blobId, 0, sizeBytes - 1);
  } catch (error) {
    if (isFault(error) && (error.kind === 'gone-from-store' || error.kind === 'corrupt')) return null;
    throw error;
  }
}

/** What is known of an artifact and its versions. */
function about(artifact: Artifact, versions: (Version & { file: string })[]): string {
  const { currentVersionId, ...facts } = artifact;
  const told = versions.map(({ id, blobId: _blob, store: _store, metaDataText, ...version }) => ({
    ...version,
    isCurrent: id === currentVersionId,
    metaData: metaDataText === null ? null : JSON.parse(metaDataText),
  }));
  return JSON.stringify({ ...facts, versions: told }, null, 2);
}

/**
 * The files of everything in a namespace, the trash too: of each artifact a folder with what is known of it, the bytes of
 * the current version, and those of older ones below `versions`. What is deleted meanwhile is left out or told in `index`.
 * @param index is filled on the way.
 */
export async function* artifactFiles(namespaceId: string, index: IndexEntry[]): AsyncGenerator<ExportFile> {
  const names = new SafeNames();
  for await (const artifact of readArtifacts(namespaceId)) {
    const { id, name, deletedAt, currentVersionId } = artifact;
    const folder = `${deletedAt ? 'trash' : 'artifacts'}/${names.nameFor(name, id)}`;
    const entry: IndexEntry = { id, name, folder, missing: [] };
    const versions = (await readVersions(id)).map((version) => ({
      ...version,
      file: version.id === currentVersionId ? 'data.bin' : `versions/${version.number}.bin`,
    }));
    if (versions.length === 0) continue;
    yield {
      name: `${folder}/about.json`,
      modifiedAt: artifact.updatedAt,
      content: about(artifact, versions),
    };
    for (const version of versions) {
      const content = await open(version);
      if (content === null) entry.missing.push(version.number);
      else yield { name: `${folder}/${version.file}`, modifiedAt: version.createdAt, content };
    }
    index.push(entry);
  }
}
