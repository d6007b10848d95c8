import { type ArtifactRef, findOwn } from '#lib/artifacts/find.ts';
import { type Removal, removeArtifacts } from '#lib/artifacts/remove.ts';
import type { ArtifactRow } from '#lib/artifacts/row.ts';
import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault, isFault } from '#lib/errors.ts';
import { announceChange } from '#lib/notices/outbox.ts';

/** Ids and names in one `artifact.deleteMany`, ids in one `artifact.purge`. */
export const MAX_DELETE_MANY = 1_000;

interface DeleteOptions {
  caller: Caller;
  origin: Origin;
}

/** A name means what has it when it is removed, not what had it when it was looked up. */
function removalOf(ref: ArtifactRef, row: ArtifactRow): Removal {
  return { id: row.id, name: ref.id === undefined ? row.name : null };
}

/**
 * Moves one of the caller's artifacts to the trash.
 * @returns what was deleted.
 * @throws Fault `invalid`, `not-found`, `not-allowed`.
 */
export async function deleteArtifact({
  caller,
  ref,
  origin,
}: DeleteOptions & { ref: ArtifactRef }): Promise<ArtifactRow> {
  const row = await findOwn(caller, ref);
  const what = { removals: [removalOf(ref, row)], cause: 'owner' as const, origin };
  const removed = await transaction((client) => removeArtifacts(client, what));
  // Somebody else deleted or renamed it a moment ago.
  if (removed === 0) throw new Fault('not-found', 'The DocumentArray is gone already.');
  announceChange(row.namespaceId, [row.id]);
  return row;
}

/**
 * Moves to the trash those of the named artifacts that are there and the caller's own; the others are passed over in silence.
 * @returns how many were deleted.
 * @throws Fault `invalid` for more than 1,000 of them.
 */
export async function deleteArtifacts(options: DeleteOptions & { refs: ArtifactRef[] }): Promise<number> {
  const { caller, refs, origin } = options;
  if (refs.length > MAX_DELETE_MANY)
    throw new Fault('invalid', `Delete at most ${MAX_DELETE_MANY} DocumentArrays at a time.`);
  const removals: Removal[] = [];
  for (const ref of refs) {
    const row = await findOwn(caller, ref).catch((error) => {
      if (isFault(error)) return null;
      throw error;
    });
    if (row) removals.push(removalOf(ref, row));
  }
  const removed = await transaction((client) =>
    removeArtifacts(client, { removals, cause: 'owner', origin }),
  );
  announceChange(
    caller.namespaceId,
    removals.map(({ id }) => id),
  );
  return removed;
}
