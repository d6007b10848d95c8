import type pg from 'pg';
import { asNameTaken } from '#lib/artifacts/name-taken.ts';
import { resolveTargetName } from '#lib/artifacts/resolve-target.ts';
import { type ArtifactRow, SELECT_ARTIFACT } from '#lib/artifacts/row.ts';
import { chargeRestored } from '#lib/artifacts/usage.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { isId } from '#lib/ids.ts';
import { announceChange } from '#lib/notices/outbox.ts';
import { matchesName } from '#lib/tokens/name-pattern.ts';

interface RestoreOptions {
  caller: Caller;
  id: string;
  /** A new name; absent: the old one. */
  name?: string;
  origin: Origin;
  clock: Clock;
}

interface Trashed {
  name: string | null;
  currentBytes: number;
  bytes: number;
}

function notInTrash(): Fault {
  return new Fault(
    'not-found',
    'There is no DocumentArray of this id in your trash. It may be gone for good.',
  );
}

/** A purge or another restore may have come first: then there is no such row once we have its lock. */
async function lockTrashed(client: pg.ClientBase, { caller, id }: RestoreOptions): Promise<Trashed> {
  const { rows } = await client.query<Omit<Trashed, 'bytes'>>(
    `SELECT name, size_bytes::float8 AS "currentBytes" FROM artifact
     WHERE id = $1 AND namespace_id = $2 AND deleted_at IS NOT NULL FOR UPDATE`,
    [id, caller.namespaceId],
  );
  if (!rows[0] || !matchesName(caller.namePattern, rows[0].name)) throw notInTrash();
  const versions = await client.query<{ bytes: number }>(
    'SELECT sum(size_bytes)::float8 AS bytes FROM artifact_version WHERE artifact_id = $1',
    [id],
  );
  return { ...rows[0], bytes: versions.rows[0]?.bytes ?? 0 };
}

/** One whose time ran out gets as much again as after a push, or the housekeeping would take it again at once. */
const RESTORE = `
  UPDATE artifact a SET deleted_at = NULL, deletion = NULL, deleted_client = NULL, name = coalesce($2, a.name),
    expires_at = CASE WHEN a.expires_at <= $3 THEN $3::timestamptz + interval '1 day' *
      CASE WHEN a.keep_days IS NULL THEN n.retention_days ELSE nullif(a.keep_days, 0) END
      ELSE a.expires_at END
  FROM namespace n WHERE n.id = a.namespace_id AND a.id = $1`;

async function restore(
  client: pg.ClientBase,
  options: RestoreOptions,
  newName: string | null,
): Promise<ArtifactRow> {
  const { caller, id, origin, clock } = options;
  const { bytes, currentBytes, name: oldName } = await lockTrashed(client, options);
  const name = newName ?? oldName;
  await client.query(RESTORE, [id, newName, clock.now()]).catch((error) => {
    throw asNameTaken(error, `The name ${name} is taken again. Restore it under another name.`);
  });
  await insertAudit(client, origin, {
    action: 'artifact.restore',
    target: name ?? id,
    namespace: caller.name,
    detail: { id, bytes, renamedFrom: name === oldName ? null : oldName },
  });
  // Last: it locks the usage's row.
  await chargeRestored(client, { namespaceId: caller.namespaceId, artifactId: id, bytes, currentBytes });
  const { rows } = await client.query<ArtifactRow>(`${SELECT_ARTIFACT} WHERE a.id = $1`, [id]);
  if (!rows[0]) throw new Error(`artifact ${id} vanished inside its transaction`);
  return rows[0];
}

/**
 * Brings an artifact back from the caller's trash, with all its versions, under its old name or a new one. It counts
 * against the quota again.
 * @throws Fault `not-found`, `name-taken` when its name is taken again, `over-quota` when it does not fit any more,
 *   `invalid` and `not-allowed` for a name that cannot be.
 */
export async function restoreArtifact(options: RestoreOptions): Promise<ArtifactRow> {
  const { caller, id, name } = options;
  if (!isId(id)) throw notInTrash();
  const newName = name === undefined ? null : await resolveTargetName(caller, name);
  const row = await transaction((client) => restore(client, options, newName));
  announceChange(caller.namespaceId, [id]);
  return row;
}
