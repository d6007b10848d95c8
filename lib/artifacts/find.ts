import { type ArtifactRow, owns, SELECT_ARTIFACT, sees } from '#lib/artifacts/row.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { isId } from '#lib/ids.ts';
import { artifactNameProblem, splitName } from '#lib/names/artifact-name.ts';
import { namespaceProblem } from '#lib/names/namespace.ts';

/** How a caller names an artifact: by id or by name; the id is preferred where both are given. */
export interface ArtifactRef {
  id?: string;
  name?: string;
}

const BY_ID = { name: 'artifact-by-id', text: `${SELECT_ARTIFACT} WHERE a.id = $1 AND a.deleted_at IS NULL` };
const BY_OWN_NAME = {
  name: 'artifact-by-own-name',
  text: `${SELECT_ARTIFACT} WHERE a.namespace_id = $1 AND a.name = $2 AND a.deleted_at IS NULL`,
};
const BY_FULL_NAME = {
  name: 'artifact-by-full-name',
  text: `${SELECT_ARTIFACT} WHERE n.slug = $1 AND a.name = $2 AND a.deleted_at IS NULL`,
};
/** A name that begins with a namespace means what is in there, or nothing: else it could be pushed by anybody. */
const BY_LEGACY_NAME = {
  name: 'artifact-by-legacy-name',
  text: `${SELECT_ARTIFACT} WHERE a.legacy_name = $1 AND a.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM namespace WHERE slug = $2)`,
};

async function one(
  query: { name: string; text: string },
  values: (string | null)[],
): Promise<ArtifactRow | null> {
  const { rows } = await pool().query<ArtifactRow>({ ...query, values });
  return rows[0] ?? null;
}

/**
 * An artifact's name resolved as contract 4.10 and docs/decisions/010 and 014 say: the caller's own whole text first,
 * then a namespace and a name in it, then an un-namespaced name.
 */
async function findByName(caller: Caller | null, name: string): Promise<ArtifactRow | null> {
  const isName = artifactNameProblem(name) === null;
  if (caller && isName) {
    const own = await one(BY_OWN_NAME, [caller.namespaceId, name]);
    if (own && sees(caller, own)) return own;
  }
  const split = splitName(name);
  const isFull = split && !namespaceProblem(split.slug);
  if (isFull && !artifactNameProblem(split.rest)) {
    const full = await one(BY_FULL_NAME, [split.slug, split.rest]);
    if (full) return full;
  }
  return isName ? one(BY_LEGACY_NAME, [name, isFull ? split.slug : null]) : null;
}

/** What the caller is told when there is no such thing, or none that the caller may see: the two must not differ. */
function absent(caller: Caller | null): Fault {
  if (caller)
    return new Fault(
      'not-found',
      'There is no DocumentArray of this name or id that you may see. Check the spelling, or list yours.',
    );
  return new Fault('log-in', 'There is no public DocumentArray of this name. If it is private, log in.');
}

/**
 * The artifact that `ref` means to this caller, if the caller may see it.
 * @throws Fault `invalid` without id and name; `not-found` (or, for nobody, `log-in`) when it is absent or hidden.
 */
export async function findVisible(caller: Caller | null, ref: ArtifactRef): Promise<ArtifactRow> {
  if (ref.id === undefined && ref.name === undefined)
    throw new Fault('invalid', 'Say which DocumentArray: give its id or its name.');
  const row = ref.id === undefined ? await findByName(caller, ref.name ?? '') : await findById(ref.id);
  return requireVisible(caller, row);
}

function requireVisible(caller: Caller | null, row: ArtifactRow | null): ArtifactRow {
  if (row && sees(caller, row)) return row;
  throw absent(caller);
}

/**
 * Like `findVisible`, for an address that says the namespace: an own name that begins with it is another thing.
 * @throws Fault `not-found` (or, for nobody, `log-in`) when it is absent or hidden.
 */
export async function findVisibleIn(
  caller: Caller | null,
  namespace: string,
  { id, name = '' }: ArtifactRef,
): Promise<ArtifactRow> {
  if (id !== undefined) {
    const row = await findById(id);
    return requireVisible(caller, row?.namespace === namespace ? row : null);
  }
  const isName = artifactNameProblem(name) === null && isKeepable(namespace);
  return requireVisible(caller, isName ? await one(BY_FULL_NAME, [namespace, name]) : null);
}

async function findById(id: string): Promise<ArtifactRow | null> {
  return isId(id) ? one(BY_ID, [id]) : null;
}

/**
 * Like `findVisible`, for acts that only the owner may do.
 * @throws Fault `not-allowed` for a public artifact of somebody else.
 */
export async function findOwn(caller: Caller, ref: ArtifactRef): Promise<ArtifactRow> {
  const row = await findVisible(caller, ref);
  if (owns(caller, row)) return row;
  throw new Fault(
    'not-allowed',
    'This DocumentArray belongs to somebody else. You can pull it, but not change it.',
  );
}
