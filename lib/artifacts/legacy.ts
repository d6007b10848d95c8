import { removeArtifacts } from '#lib/artifacts/remove.ts';
import { type ArtifactRow, SELECT_ARTIFACT } from '#lib/artifacts/row.ts';
import type { Origin } from '#lib/audit/record.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';

const BATCH = 500;

/** The un-namespaced artifact of exactly this name, or null. */
export async function findLegacy(name: string): Promise<ArtifactRow | null> {
  const { rows } = await pool().query<ArtifactRow>(
    `${SELECT_ARTIFACT} WHERE a.legacy_name = $1 AND a.deleted_at IS NULL`,
    [name],
  );
  return rows[0] ?? null;
}

/** All un-namespaced artifacts by name, some at a time. */
export async function* listLegacy(): AsyncGenerator<ArtifactRow> {
  for (let after = ''; ; ) {
    const { rows } = await pool().query<ArtifactRow>(
      `${SELECT_ARTIFACT} WHERE a.legacy_name > $1 AND a.deleted_at IS NULL ORDER BY a.legacy_name LIMIT $2`,
      [after, BATCH],
    );
    yield* rows;
    if (rows.length < BATCH) return;
    after = rows.at(-1)?.name ?? after;
  }
}

/**
 * Deletes an un-namespaced artifact, imported or pushed without a token, for good: it has no owner who could restore
 * it. Its name is free afterwards.
 * @throws Fault `not-found`.
 */
export async function deleteLegacy({ name, origin }: { name: string; origin: Origin }): Promise<void> {
  const row = await findLegacy(name);
  const removals = row ? [{ id: row.id, name }] : [];
  const what = { removals, cause: 'owner' as const, origin };
  const removed = await transaction((client) => removeArtifacts(client, what));
  if (removed === 0)
    throw new Fault(
      'not-found',
      `There is no un-namespaced DocumentArray ${name}. List them with: artifact list --legacy`,
    );
}
