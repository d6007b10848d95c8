import { likeExactly, likePrefix } from '#lib/db/like.ts';
import { Fault } from '#lib/errors.ts';
import { artifactNameProblem } from '#lib/names/artifact-name.ts';

/**
 * What a token's pattern means: an exact name, or a prefix that ends in `*`, of what is in the owner's own namespace
 * (names without the namespace). Null is every name, and none at all. What others made public is not the pattern's
 * business: anybody reads it without a token (docs/decisions/025).
 */
type NamePattern = string | null;

const ANY = '*';

/** What comes before the star, or null for an exact name. */
function prefixOf(pattern: string): string | null {
  return pattern.endsWith(ANY) ? pattern.slice(0, -1) : null;
}

/** Whether a thing of this name is among what the pattern lets a token touch; null is the name of a thing without one. */
export function matchesName(pattern: NamePattern, name: string | null): boolean {
  if (pattern === null) return true;
  if (name === null) return false;
  const prefix = prefixOf(pattern);
  return prefix === null ? name === pattern : name.startsWith(prefix);
}

/** The same for SQL: the right side of `name LIKE`, whose left side must not be null; null is every name. */
export function nameLike(pattern: NamePattern): string | null {
  if (pattern === null) return null;
  const prefix = prefixOf(pattern);
  return prefix === null ? likeExactly(pattern) : likePrefix(prefix);
}

/** @throws Fault `not-allowed` for a name outside of the pattern, whether anything has it or not. */
export function requireNameWithin(pattern: NamePattern, name: string | null): void {
  if (matchesName(pattern, name)) return;
  throw new Fault(
    'not-allowed',
    `This token is limited to names like ${pattern}. Choose such a name, or use another token.`,
  );
}

/** Whether every name that `inner` matches is one that `outer` matches. */
export function isWithin(outer: NamePattern, inner: NamePattern): boolean {
  if (outer === null) return true;
  if (inner === null) return false;
  const prefix = prefixOf(inner);
  return prefix === null ? matchesName(outer, inner) : outer.endsWith(ANY) && matchesName(outer, prefix);
}

/**
 * The pattern of a token that somebody with `own` makes: what they ask for, or their own. A lone star is every name.
 * @throws Fault `invalid` for what no name can match, `not-allowed` for one that reaches beyond their own.
 */
export function patternWithin(own: NamePattern, wanted: string | undefined): NamePattern {
  if (wanted === undefined || wanted === '') return own;
  const problem = artifactNameProblem(wanted);
  if (problem)
    throw new Fault('invalid', 'namePattern is a name, or the beginning of names and a star, such as ci-*.');
  const pattern = wanted === ANY ? null : wanted;
  if (isWithin(own, pattern)) return pattern;
  throw new Fault('not-allowed', `A token cannot make one that may do more; this one is limited to ${own}.`);
}
