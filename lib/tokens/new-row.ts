import { hashSecret } from '#lib/auth/secret.ts';
import { newId } from '#lib/ids.ts';
import { newTokenText, TOKEN_PREFIX_LENGTH } from '#lib/tokens/format.ts';

/** What a token may do, and until when. */
interface TokenFacts {
  userId: string;
  name: string;
  /** Empty means every scope. */
  scopes: string[];
  namePattern: string | null;
  createdAt: Date;
  expiresAt: Date | null;
}

/** A new text, and the row that keeps its SHA-256. */
export function newTokenRow(facts: TokenFacts) {
  const token = newTokenText();
  const hash = new Uint8Array(hashSecret(token));
  return { token, row: { ...facts, id: newId(), prefix: token.slice(0, TOKEN_PREFIX_LENGTH), hash } };
}
