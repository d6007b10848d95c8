/**
 * Why an upload is no package: no zip at all; a zip that breaks a rule or lies about itself; or one that holds more than
 * this server unpacks.
 */
export type PackageErrorKind = 'not-a-zip' | 'malformed' | 'too-large';

/** What is wrong with a package, in one public sentence. */
export class PackageError extends Error {
  readonly kind: PackageErrorKind;

  constructor(kind: PackageErrorKind, sentence: string, options: { cause?: unknown } = {}) {
    super(sentence, options);
    this.name = 'PackageError';
    this.kind = kind;
  }
}

const MAX_SHOWN = 80;

/** A path as a sentence may show it: quoted, control characters escaped, cut when it is long. */
export function quoted(path: string): string {
  const letters = Array.from(path.toWellFormed());
  return JSON.stringify(letters.length > MAX_SHOWN ? `${letters.slice(0, MAX_SHOWN).join('')}…` : path);
}
