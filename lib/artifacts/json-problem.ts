import { isKeepable } from '#lib/db/keepable.ts';

/** How deep objects and arrays may be nested. */
export const MAX_JSON_LEVELS = 64;

/**
 * What keeps a parsed JSON value from being stored or compared as jsonb, as the end of a sentence, or null.
 * It walks without recursion: ask it before anything that recurses, such as `JSON.stringify`.
 */
export function jsonProblem(root: unknown): string | null {
  const open: { value: unknown; level: number }[] = [{ value: root, level: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, level } = next;
    if (typeof value === 'string' && !isKeepable(value))
      return 'holds a NUL character or half of a surrogate pair';
    if (typeof value === 'number' && !Number.isFinite(value)) return 'holds a number out of range';
    if (typeof value !== 'object' || value === null) continue;
    if (level >= MAX_JSON_LEVELS) return `is nested deeper than ${MAX_JSON_LEVELS} levels`;
    for (const [key, inner] of Object.entries(value)) {
      if (!isKeepable(key)) return 'holds a NUL character or half of a surrogate pair';
      open.push({ value: inner, level: level + 1 });
    }
  }
  return null;
}
