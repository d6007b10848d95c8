import { Fault } from '#lib/errors.ts';
import { requireArtifactName } from '#lib/names/artifact-name.ts';

/** The form of a tag: it becomes a folder's name with the clients and a tag of images (contract 7.1). */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** Tags that one push may set. */
const MAX_TAGS = 100;
const ID = /^[0-9a-z]{8}$/;
const ID_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Whether a text may be an Executor's id. */
export function isExecutorId(text: string): boolean {
  return ID.test(text);
}

/** A new id of eight random characters `0-9a-z`. */
export function newExecutorId(): string {
  const bytes = crypto.getRandomValues(new Uint32Array(8));
  return Array.from(bytes, (value) => ID_LETTERS[value % ID_LETTERS.length]).join('');
}

/** Whether a text may be a tag. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** @throws Fault `invalid` for what cannot be a tag. */
export function requireTags(tags: string[]): string[] {
  const wrong = tags.find((tag) => !isTag(tag));
  if (wrong !== undefined)
    throw new Fault(
      'invalid',
      `The tag ${wrong.slice(0, 128)} cannot be one. A tag has up to 128 letters, digits, dots, dashes and underscores, and begins with none of the first two signs.`,
    );
  if (tags.length > MAX_TAGS) throw new Fault('invalid', `A push sets ${MAX_TAGS} tags at most. Give fewer.`);
  return [...new Set(tags)];
}

/**
 * An Executor's name: as an artifact's, but without a slash, which separates the namespace in its address (contract 7.1).
 * @throws Fault `invalid`.
 */
export function requireExecutorName(name: string): string {
  if (/[/\\:]/.test(name))
    throw new Fault(
      'invalid',
      'The name of an Executor has no slash, backslash or colon. Choose another one.',
    );
  return requireArtifactName(name);
}
