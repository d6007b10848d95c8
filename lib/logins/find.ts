import { hashSecret } from '#lib/auth/secret.ts';
import { pool } from '#lib/db/pool.ts';

/** All that is known of a program that waits for a person. */
export interface PendingLogin {
  address: string | null;
  userAgent: string | null;
  /** The person must have signed in after `askedAt`. */
  isFresh: boolean;
  askedAt: Date;
  /** Where the code goes, when it is not the program's stream. */
  redirectUri: string | null;
  expiresAt: Date;
}

/** The login that a link is for; null when there is none, it is decided, its time is over, or the program is gone. */
export async function findLogin(link: string): Promise<PendingLogin | null> {
  const { rows } = await pool().query<PendingLogin>({
    name: 'find-login',
    text: `SELECT address, user_agent AS "userAgent", is_fresh AS "isFresh", redirect_uri AS "redirectUri", created_at AS "askedAt", expires_at AS "expiresAt"
      FROM login_request WHERE link_hash = $1 AND is_approved IS NULL AND expires_at > now()`,
    values: [hashSecret(link)],
  });
  return rows[0] ?? null;
}
