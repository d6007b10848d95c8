import { type ArtifactRef, findVisible } from '#lib/artifacts/find.ts';
import type { ArtifactRow } from '#lib/artifacts/row.ts';
import type { Origin } from '#lib/audit/record.ts';
import { signLink } from '#lib/blobs/signed-link.ts';
import { type Clock, SECOND_MS } from '#lib/clock.ts';
import { relaxedPool } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';

interface DownloadOptions {
  ref: ArtifactRef;
  origin: Origin;
  clock: Clock;
}

/** A right to read the current version's bytes. */
export interface ArtifactDownload {
  row: ArtifactRow;
  /** The text of a signed link; who holds it needs no token. */
  link: string;
  expiresAt: Date;
}

/** A pull's record is for statistics: it neither waits for the disk nor fails the pull. */
function recordPull(row: ArtifactRow, origin: Origin): void {
  relaxedPool()
    .query({
      name: 'record-pull',
      text: 'INSERT INTO download (artifact_id, version_number, user_id, client, address) VALUES ($1, $2, $3, $4, $5)',
      values: [
        row.id,
        row.versionNumber,
        origin.caller?.userId ?? null,
        origin.client ?? 'unknown',
        origin.address,
      ],
    })
    .catch((error: Error) => log().warn({ err: error.message }, 'could not record a pull'));
}

/**
 * Checks that the caller may see the artifact, records the pull, and signs a link to its bytes.
 * @throws the faults of `findVisible`.
 */
export async function getDownload({ ref, origin, clock }: DownloadOptions): Promise<ArtifactDownload> {
  const row = await findVisible(origin.caller, ref);
  const expiresAt = new Date(clock.now().getTime() + env().URL_TTL_SECONDS * SECOND_MS);
  const link = signLink({
    key: row.blobId,
    store: row.store,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    filename: row.name ?? row.id,
    expiresMs: expiresAt.getTime(),
  });
  recordPull(row, origin);
  return { row, link, expiresAt };
}
