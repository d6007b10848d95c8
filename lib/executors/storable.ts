import type { Normalised } from '#lib/normaliser/types.ts';

/** What an Executor may say of itself; people read it, and indexes hold the keywords. */
const MAX_KEYWORDS = 50;
const MAX_KEYWORD_LENGTH = 100;
const MAX_TEXT_LENGTH = 2_000;

/** Postgres holds neither NUL nor half a character, which a program's text may well name. */
function clean<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd') as T;
  if (Array.isArray(value)) return value.map(clean) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clean(each)])) as T;
}

/** What was read of a package, so that the database can keep it; its name and the files to be written stay as they are. */
export function storable({ changes, meta, ...found }: Normalised): Normalised {
  const { name, description, url, keywords } = meta;
  const kept = keywords.slice(0, MAX_KEYWORDS).map((keyword) => keyword.slice(0, MAX_KEYWORD_LENGTH));
  const isCut = keywords.some((keyword, index) => kept[index] !== keyword);
  const warning = `Of the keywords the first ${MAX_KEYWORDS} count, with ${MAX_KEYWORD_LENGTH} characters each.`;
  return {
    ...clean(found),
    changes,
    meta: {
      name,
      description: clean(description?.slice(0, MAX_TEXT_LENGTH) ?? null),
      url: clean(url?.slice(0, MAX_TEXT_LENGTH) ?? null),
      keywords: clean(kept),
    },
    warnings: clean(isCut ? [...found.warnings, warning] : found.warnings),
  };
}
