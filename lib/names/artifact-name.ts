import { Fault } from '#lib/errors.ts';

/** The longest artifact name, in bytes of UTF-8. */
export const MAX_NAME_BYTES = 255;

/** Controls of ASCII and of Latin 1, among them NUL, which Postgres cannot hold. */
const CONTROL = /\p{Cc}/u;

/** The sentence that says why a text cannot be an artifact's name, or null. Everything else is kept exactly. */
export function artifactNameProblem(name: string): string | null {
  if (name === '') return 'The name is empty. Give the DocumentArray a name.';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    return `The name is longer than ${MAX_NAME_BYTES} bytes of UTF-8. Choose a shorter one.`;
  }
  if (CONTROL.test(name))
    return 'The name holds a control character, such as a line break. Choose another one.';
  if (!name.isWellFormed()) return 'The name is not well-formed Unicode. Choose another one.';
  return null;
}

/** @throws Fault `invalid` for a name that cannot be given (push and rename). */
export function requireArtifactName(name: string): string {
  const problem = artifactNameProblem(name);
  if (problem) throw new Fault('invalid', problem);
  return name;
}

/** @throws Fault `invalid` for a type that cannot be kept; like a name, it is kept exactly. */
export function requireArtifactType(type: string): string {
  if (Buffer.byteLength(type) <= MAX_NAME_BYTES && !CONTROL.test(type) && type.isWellFormed()) return type;
  throw new Fault(
    'invalid',
    `The type has ${MAX_NAME_BYTES} bytes of UTF-8 at most and no control characters. Choose another one.`,
  );
}

/** `space/rest` split at the first slash, or null when there is no slash or nothing on one side of it. */
export function splitName(name: string): { slug: string; rest: string } | null {
  const slash = name.indexOf('/');
  if (slash < 1 || slash === name.length - 1) return null;
  return { slug: name.slice(0, slash), rest: name.slice(slash + 1) };
}
