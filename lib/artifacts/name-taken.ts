import { Fault } from '#lib/errors.ts';

const UNIQUE_VIOLATION = '23505';

/** Postgres's refusal of a second live artifact of one name, in our words; any other error as it is. */
export function asNameTaken(error: unknown): unknown {
  if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) return error;
  const sentence = 'This name is taken by another of your DocumentArrays. Choose a different one.';
  return new Fault('name-taken', sentence, { cause: error });
}
