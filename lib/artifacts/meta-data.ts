import { jsonProblem } from '#lib/artifacts/json-problem.ts';
import { Fault } from '#lib/errors.ts';

/** The longest metaData, in bytes of its JSON text. */
export const MAX_META_DATA_BYTES = 1024 * 1024;
/** metaData as it is stored: twice. */
export interface MetaData {
  /** As sent; what replies pass through. */
  text: string;
  /** The same for filters, numbers rounded to doubles as those of a filter are (and as jsonb can hold). */
  json: string;
}

/** What belongs to one push and must not outlive it on a replacement that brings no metaData. */
const OF_ONE_PUSH = ['summary', 'branding', 'version'];

function refuse(why: string): Fault {
  return new Fault('invalid', `metaData ${why}. Send the JSON text of an object.`);
}

/** Keeps each number as the digits that were sent, where a plain parse would round what a double cannot hold. */
function parseKeepingNumbers(text: string): Record<string, unknown> {
  return JSON.parse(text, (_key, value, context?: { source?: string }) =>
    typeof value === 'number' && context?.source ? JSON.rawJSON(context.source) : value,
  );
}

/**
 * Checks the JSON text of metaData. The text is kept unchanged but for raw line breaks, which can only be white
 * space there and would break clients that read replies line by line.
 * @throws Fault `invalid` when it is not JSON, no object, too long, too deep, or holds what Postgres cannot keep.
 */
export function requireMetaData(text: string): MetaData {
  if (Buffer.byteLength(text) > MAX_META_DATA_BYTES)
    throw refuse(`is longer than ${MAX_META_DATA_BYTES} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Fault(
      'invalid',
      'metaData is not JSON. Send the JSON text of an object, without NaN or Infinity.',
      { cause },
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('is not an object');
  const problem = jsonProblem(value);
  if (problem) throw refuse(problem);
  return { text: text.replaceAll(/[\r\n]+/g, ' '), json: JSON.stringify(value) };
}

/** What a replacement that brings no metaData keeps of the old text; null when nothing is left. */
export function metaDataToKeep(old: string | null): MetaData | null {
  if (old === null) return null;
  const value = parseKeepingNumbers(old);
  for (const key of OF_ONE_PUSH) delete value[key];
  return Object.keys(value).length === 0 ? null : requireMetaData(JSON.stringify(value));
}
