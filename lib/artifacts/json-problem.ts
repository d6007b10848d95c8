import { isKeepable } from '#lib/db/keepable.ts';

/** How deep objects and arrays may be nested. */
export const MAX_JSON_LEVELS = 64;

/** What is wrong with a value that holds no others, or null. */
function plainProblem(value: unknown): string | null {
  if (typeof value === 'string' && !isKeepable(value))
    return 'holds a NUL character or half of a surrogate pair';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'holds a number out of range';
  return null;
}

/** What an object holds; its keys are texts like any other. */
function* contents(value: object): Generator<unknown> {
  for (const [key, inner] of Object.entries(value)) {
    yield key;
    yield inner;
  }
}

/**
 * What keeps a parsed JSON value from being stored or compared as jsonb, as the end of a sentence, or null.
 * It walks without recursion, and with one place for each level: ask it before anything that recurses, such as
 * `JSON.stringify`, however deep or wide the value is.
 */
export function jsonProblem(root: unknown): string | null {
  const open: Iterator<unknown>[] = [[root].values()];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const { done, value } = top.next();
    if (done) {
      open.pop();
      continue;
    }
    const problem = plainProblem(value);
    if (problem) return problem;
    if (typeof value !== 'object' || value === null) continue;
    if (open.length > MAX_JSON_LEVELS) return `is nested deeper than ${MAX_JSON_LEVELS} levels`;
    open.push(Array.isArray(value) ? value.values() : contents(value));
  }
  return null;
}
