import { Fault } from '#lib/errors.ts';

const UNIQUE_VIOLATION = '23505';

const SENTENCE = 'This name is taken by another of your DocumentArrays. Choose a different one.';

/** Postgres's refusal of a second live artifact of one name, in our words; any other error as it is. */
export function asNameTaken(error: unknown, sentence = SENTENCE): unknown {
  if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) return error;
  return new Fault('name-taken', sentence, { cause: error });
}
