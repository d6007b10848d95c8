import { checkDisplayName, checkEmail } from '#lib/accounts/facts.ts';
import { isKeepable } from '#lib/db/keepable.ts';

/** What a provider says of somebody who has just signed in there. */
export interface ProviderPerson {
  /** The key of the provider, such as `github`. */
  provider: string;
  /** What the provider calls them, for ever. */
  subject: string;
  /** What people call them there: a login or an e-mail address. */
  label: string;
  displayName: string | null;
  email: string | null;
  isEmailVerified: boolean;
}

/** OpenID Connect Core 2: a subject has 255 ASCII characters at most. */
const MAX_SUBJECT_LENGTH = 255;
const MAX_LABEL_LENGTH = 100;

/** A text as it may be kept; null for what is none. */
function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text !== '' && isKeepable(text) ? text : null;
}

function whereFit(text: string | null, check: (text: string) => void): string | null {
  try {
    if (text !== null) check(text);
    return text;
  } catch {
    return null;
  }
}

/**
 * A person as it may be kept, of the claims of a provider: what does not fit is left out, but for the subject.
 * @returns null without a subject that can be kept.
 */
export function toPerson(provider: string, claims: Record<string, unknown>): ProviderPerson | null {
  const subject = textOf(typeof claims.sub === 'number' ? String(claims.sub) : claims.sub);
  if (subject === null || subject.length > MAX_SUBJECT_LENGTH) return null;
  const email = whereFit(textOf(claims.email), checkEmail);
  const login = textOf(claims.preferred_username);
  return {
    provider,
    subject,
    label: (login ?? email ?? subject).slice(0, MAX_LABEL_LENGTH).toWellFormed(),
    displayName: whereFit(textOf(claims.name), checkDisplayName),
    email,
    isEmailVerified: email !== null && claims.email_verified === true,
  };
}
