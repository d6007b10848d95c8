import type { Caller } from '#lib/auth/caller.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { artifactNameProblem, requireArtifactName, splitName } from '#lib/names/artifact-name.ts';
import { namespaceProblem } from '#lib/names/namespace.ts';
import { matchesName, requireNameWithin } from '#lib/tokens/name-pattern.ts';

const RESOLVE = {
  name: 'resolve-target',
  text: `SELECT
      EXISTS (SELECT 1 FROM artifact WHERE namespace_id = $1 AND name = $2 AND deleted_at IS NULL) AS own,
      EXISTS (SELECT 1 FROM namespace WHERE slug = $3) AS "isNamespace"`,
};

/** Whether somebody has, or had, the namespace `slug`: those of the system are nobody's. */
export async function isNamespace(slug: string): Promise<boolean> {
  if (namespaceProblem(slug)) return false;
  const { rowCount } = await pool().query({
    name: 'is-namespace',
    text: 'SELECT 1 FROM namespace WHERE slug = $1',
    values: [slug],
  });
  return rowCount === 1;
}

/**
 * The name under which a push or a rename stores something in the caller's namespace: `x` and `me/x` are `x`.
 * An own artifact that has the whole text for a name keeps it, and a text whose first part is no namespace is a
 * name as a whole (contract 4.10, and docs/decisions/010).
 * @throws Fault `invalid` for a name that cannot be, `not-allowed` for a name in somebody else's namespace or outside of
 *   what the caller's token is limited to.
 */
export async function resolveTargetName(caller: Caller, name: string): Promise<string> {
  const resolved = await resolveName(caller, name);
  requireNameWithin(caller.namePattern, resolved);
  return resolved;
}

async function resolveName(caller: Caller, name: string): Promise<string> {
  const split = splitName(name);
  if (!split || namespaceProblem(split.slug)) return requireArtifactName(name);
  const isMine = split.slug === caller.name;
  // Too long as a whole, it may still be a name of one's own behind the namespace.
  if (isMine && artifactNameProblem(name) !== null) return requireArtifactName(split.rest);
  const { rows } = await pool().query<{ own: boolean; isNamespace: boolean }>({
    ...RESOLVE,
    values: [caller.namespaceId, requireArtifactName(name), split.slug],
  });
  // What the token's pattern hides counts as absent.
  const isOwn = rows[0]?.own && matchesName(caller.namePattern, name);
  if (isOwn || !rows[0]?.isNamespace) return name;
  if (isMine) return requireArtifactName(split.rest);
  throw new Fault(
    'not-allowed',
    `The namespace ${split.slug} is not yours. Use ${split.rest}, which is in your own namespace.`,
  );
}
