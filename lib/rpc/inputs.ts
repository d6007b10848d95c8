import { z } from 'zod';
import { jsonProblem } from '#lib/artifacts/json-problem.ts';
import { MAX_KEEP_DAYS } from '#lib/artifacts/keep.ts';

/** Fields of one filter, and of one sort. */
const MAX_FILTERS = 100;
const MAX_SORT_KEYS = 20;

/**
 * The shapes of Python's values, whatever encoding brought them (contract 1.4): a field of a form is text, and a
 * repeated one a list.
 */

/** Of a repeated field the last value counts; an empty list is wrong, not absent. */
function lastOf(value: unknown): unknown {
  return Array.isArray(value) && value.length > 0 ? value.at(-1) : value;
}

/** A single text. JSON numbers are taken as their digits. */
const text = z.preprocess((value) => {
  const last = lastOf(value);
  return typeof last === 'number' ? String(last) : last;
}, z.string('must be a text'));

/** Absent, or null as some clients send for None. */
function orAbsent<T>(schema: z.ZodType<T>) {
  return z.preprocess((value) => (value === null ? undefined : value), schema.optional());
}

/** A text that may be absent. */
export const optionalText = orAbsent(text);

/** A text that must be there. */
export const requiredText = text;

const TRUE = new Set(['true', '1']);
const FALSE = new Set(['false', '0', '']);

/** `true`, `True`, `1` and so on, in any case. */
export const optionalBoolean = orAbsent(
  z.preprocess((value) => {
    const last = lastOf(value);
    if (typeof last === 'object') return last;
    const word = String(last).toLowerCase();
    if (TRUE.has(word)) return true;
    return FALSE.has(word) ? false : last;
  }, z.boolean('must be true or false')),
);

/** True or false, which must be there. */
export const requiredBoolean = optionalBoolean
  .refine((value) => value !== undefined, 'is missing')
  .transform(Boolean);

/** One of these words, which must be there. */
export function requiredChoice<Word extends string>(...words: Word[]) {
  return z.preprocess(lastOf, z.enum(words, `must be ${words.join(' or ')}`));
}

/** One of these words. */
export function optionalChoice<Word extends string>(...words: Word[]) {
  return orAbsent(requiredChoice(...words));
}

/** A whole number as a number or as decimal text, which must be there. */
export function requiredInteger(minimum: number, maximum: number) {
  const words = `must be a whole number from ${minimum} to ${maximum}`;
  return z.preprocess(
    (value) => {
      const last = lastOf(value);
      return typeof last === 'string' && /^\s*-?\d+\s*$/.test(last) ? Number(last) : last;
    },
    z.int(words).min(minimum, words).max(maximum, words),
  );
}

/** A whole number that may be absent. */
export function optionalInteger(minimum: number, maximum: number) {
  return orAbsent(requiredInteger(minimum, maximum));
}

/** Days to keep something, where null says for ever; absent is no wish. */
export const optionalKeepDays = z.union([z.null(), optionalInteger(1, MAX_KEEP_DAYS)]);

/** A list of texts; a single one is a list of one. One look at it: millions of wrong items are one complaint. */
export const textList = z
  .unknown()
  .optional()
  .transform((value, context) => {
    const given = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
    const texts = given.map((item: unknown) => (typeof item === 'number' ? String(item) : item));
    if (texts.every((item) => typeof item === 'string')) return texts;
    context.addIssue('must be a list of texts');
    return z.NEVER;
  });

/** An object, or the JSON text of one; anything else (such as the bare keys that old clients send) is no object. */
function asObject(value: unknown): Record<string, unknown> | null {
  let parsed = value;
  if (typeof value === 'string') {
    try {
      parsed = JSON.parse(value);
    } catch {
      return null;
    }
  }
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? (parsed as Record<string, unknown>)
    : null;
}

/** An object, or the JSON text of one (contract 1.4). */
export const optionalObject = orAbsent(
  z.unknown().transform((value, context) => {
    const object = asObject(value);
    if (object) return object;
    context.addIssue('must be an object, or the JSON text of one');
    return z.NEVER;
  }),
);

/** A filter; what is no object filters nothing (contract 4.5: SDKs before 0.13.1 send the key names alone). */
export const filter = z
  .unknown()
  .optional()
  .transform((value, context) => {
    const fields = asObject(value) ?? {};
    if (Object.keys(fields).length <= MAX_FILTERS) return fields;
    context.addIssue(`has more than ${MAX_FILTERS} fields`);
    return z.NEVER;
  });

function sortKey(field: string, isDescending: boolean) {
  return { field, direction: isDescending ? (-1 as const) : (1 as const) };
}

function toSortKeys(value: unknown) {
  const object = asObject(value);
  if (object) {
    const isDescending = (direction: unknown) => direction === -1 || direction === '-1';
    return Object.entries(object).map(([field, direction]) => sortKey(field, isDescending(direction)));
  }
  const names = (Array.isArray(value) ? value : [value]).filter(
    (name) => typeof name === 'string' && name !== '',
  );
  return names.map((name: string) => sortKey(name.replace(/^-/, ''), name.startsWith('-')));
}

/** Sort keys in order: an object of field to 1 or -1, or field names, a leading `-` meaning descending. */
export const sort = z
  .unknown()
  .optional()
  .transform(toSortKeys)
  .refine((keys) => keys.length <= MAX_SORT_KEYS, `has more than ${MAX_SORT_KEYS} fields`);

/** metaData as JSON text; an object is written out. */
export const optionalJsonText = orAbsent(
  z.preprocess((value, context) => {
    if (typeof value !== 'object' || value === null) return value;
    const problem = jsonProblem(value);
    if (problem) context.addIssue(problem);
    return problem ? z.NEVER : JSON.stringify(value);
  }, text),
);

/** No fields are read. */
export const noInput = z.object({});
