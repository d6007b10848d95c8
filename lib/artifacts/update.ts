import { type ArtifactRef, findOwn } from '#lib/artifacts/find.ts';
import { requireKeepDays } from '#lib/artifacts/keep.ts';
import { requireMetaData } from '#lib/artifacts/meta-data.ts';
import { asNameTaken } from '#lib/artifacts/name-taken.ts';
import { resolveTargetName } from '#lib/artifacts/resolve-target.ts';
import { type ArtifactRow, SELECT_ARTIFACT } from '#lib/artifacts/row.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { announceChange } from '#lib/notices/outbox.ts';

interface UpdateOptions {
  caller: Caller;
  ref: ArtifactRef;
  /** What is absent stays as it is. */
  changes: {
    name?: string;
    public?: boolean;
    metaData?: string;
    /** Days from now, and again from each later push; null for ever. */
    keepDays?: number | null;
  };
  origin: Origin;
  clock: Clock;
}

/**
 * Renames an artifact, changes who may see it or how long it is kept, or replaces the metadata of its current version.
 * @throws Fault `invalid`, `not-found`, `log-in`, `not-allowed`, or `name-taken` for a name of another own artifact.
 */
export async function updateArtifact({
  caller,
  ref,
  changes,
  origin,
  clock,
}: UpdateOptions): Promise<ArtifactRow> {
  const { keepDays } = changes;
  requireKeepDays(keepDays);
  const before = await findOwn(caller, ref);
  const name = changes.name === undefined ? null : await resolveTargetName(caller, changes.name);
  const metaData = changes.metaData === undefined ? undefined : requireMetaData(changes.metaData);
  const visibility = changes.public === undefined ? null : changes.public ? 'public' : 'private';
  try {
    const after = await transaction(async (client) => {
      const { rows } = await client.query<{ versionId: string }>(
        `UPDATE artifact SET name = coalesce($2, name), visibility = coalesce($3::visibility, visibility), updated_at = $4::timestamptz,
           keep_days = coalesce($5::int, keep_days),
           expires_at = CASE WHEN $5::int IS NULL THEN expires_at ELSE $4::timestamptz + nullif($5::int, 0) * interval '1 day' END
         WHERE id = $1 AND deleted_at IS NULL RETURNING current_version_id AS "versionId"`,
        [before.id, name, visibility, clock.now(), keepDays === null ? 0 : keepDays],
      );
      const versionId = rows[0]?.versionId;
      if (!versionId)
        throw new Fault(
          'not-found',
          'The DocumentArray was deleted a moment ago. There is nothing left to change.',
        );
      if (metaData) {
        await client.query(
          `UPDATE artifact_version SET meta_data_text = $2, meta_data = jsonb_build_object($4::text, $3::jsonb)
           WHERE id = $1`,
          [versionId, metaData.text, metaData.json, before.namespaceId],
        );
      }
      await insertAudit(client, origin, {
        action: 'artifact.update',
        target: name ?? before.id,
        detail: {
          id: before.id,
          renamedFrom: name === before.name ? null : before.name,
          visibility,
          metaData: metaData !== undefined,
          ...(keepDays === undefined ? {} : { keepDays }),
        },
      });
      const updated = await client.query<ArtifactRow>(`${SELECT_ARTIFACT} WHERE a.id = $1`, [before.id]);
      return updated.rows[0] ?? before;
    });
    announceChange(before.namespaceId, [before.id]);
    return after;
  } catch (error) {
    throw asNameTaken(error);
  }
}
