const MIN_PASSWORD_LENGTH = 12;
/** Enough for a page of text; more would only cost time to hash. */
export const MAX_PASSWORD_LENGTH = 1024;

/** The sentence that says why a text cannot be a new password, or null when it can. */
export function passwordProblem(password: string): string | null {
  if (password.length < MIN_PASSWORD_LENGTH) {
    return `A password needs ${MIN_PASSWORD_LENGTH} characters or more; a sentence is fine.`;
  }
  if (password.length > MAX_PASSWORD_LENGTH)
    return `A password has ${MAX_PASSWORD_LENGTH} characters at most.`;
  return null;
}
