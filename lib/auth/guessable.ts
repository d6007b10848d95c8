import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import { shared } from '#lib/shared.ts';

/** Words that somebody would try first on a server like this one, besides what its people are called. */
const CONTEXT = ['groundstation', 'jina', 'docarray', 'executor', 'hubble'];
/** Of 0 to 4: below it a password falls within a million guesses. */
const MIN_SCORE = 2;
/** What is longer is judged by its beginning, so that no text costs much time. */
const MAX_JUDGED_LENGTH = 64;

/** Its lists take some megabytes and are read at the first new password. */
function judge(): ZxcvbnFactory {
  return shared(
    'password-judge',
    () => new ZxcvbnFactory({ dictionary: { ...common.dictionary }, graphs: common.adjacencyGraphs }),
  );
}

/**
 * The sentence that says that a new password is too easy to guess, or null: it is a common one, a pattern of the
 * keyboard, or little more than a word of this place (OWASP ASVS 6.2.4 and 6.2.11).
 * @param own what its owner is called: user name, e-mail address.
 */
export function guessableProblem(password: string, own: string[]): string | null {
  const words = [...CONTEXT, ...own, ...own.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u))];
  const { score } = judge().check(password.slice(0, MAX_JUDGED_LENGTH), words.filter(Boolean));
  if (score >= MIN_SCORE) return null;
  return 'This password is easy to guess. Choose another one; a sentence of a few words is fine.';
}
