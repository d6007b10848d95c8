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

/** A path as a sentence may show it: cut when it is long, without characters that move or hide others. */
export function shown(path: string): string {
  const letters = Array.from(path.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd'));
  return letters.length > MAX_SHOWN ? `${letters.slice(0, MAX_SHOWN).join('')}…` : letters.join('');
}

/** The same in quotes. */
export function quoted(path: string): string {
  return `"${shown(path)}"`;
}
