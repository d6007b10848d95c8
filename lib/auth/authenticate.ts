import type { Caller } from '#lib/auth/caller.ts';
import { hashSecret } from '#lib/auth/secret.ts';
import { MINUTE_MS } from '#lib/clock.ts';
import { gatherRows } from '#lib/db/gather-rows.ts';
import { relaxedPool } from '#lib/db/pool.ts';
import { log } from '#lib/log.ts';
import { sessionEnd } from '#lib/sessions/life.ts';

/** "Last used" is for people: a write a minute and credential is enough. */
const LAST_USED_STEP_MS = MINUTE_MS;

const USER_COLUMNS = `u.id AS "userId", u.name, u.display_name AS "displayName", u.email,
  u.email_verified_at IS NOT NULL AS "isEmailVerified", u.is_admin AS "isAdmin", n.id AS "namespaceId"`;

type Row = Caller & { lastUsedAt: Date | null };

/** What the SHA-256 of a credential stands for, given in hexadecimal. */
const readCredential = gatherRows<{ hash: string }, Row>({
  name: 'authenticate',
  columns: 'hash text',
  select: `
    SELECT 'token' AS via, false AS "isProgram", t.id AS "credentialId", t.scopes, t.name_pattern AS "namePattern",
      t.created_at AS "createdAt", t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt", ${USER_COLUMNS}
    FROM access_token t JOIN app_user u ON u.id = t.user_id JOIN namespace n ON n.owner_id = u.id
    WHERE t.hash = decode(asked.hash, 'hex') AND (t.expires_at IS NULL OR t.expires_at > now()) AND u.disabled_at IS NULL
    UNION ALL
    SELECT 'session', s.is_program, s.id, '{}', NULL, s.created_at, s.expires_at, s.last_used_at, ${USER_COLUMNS}
    FROM session s JOIN app_user u ON u.id = s.user_id JOIN namespace n ON n.owner_id = u.id
    WHERE s.hash = decode(asked.hash, 'hex') AND s.expires_at > now() AND u.disabled_at IS NULL`,
});

/** Where a credential is used from, for its owner to see. */
export interface Use {
  address: string | null;
  /** The user agent. */
  client: string | null;
}

const NOWHERE: Use = { address: null, client: null };

/** A session says where it is from since it was made, so only a token's row takes it. */
const NOTE_TOKEN =
  'UPDATE access_token SET last_used_at = now(), last_used_address = $2, last_used_client = $3 WHERE id = $1';
const NOTE_SESSION = 'UPDATE session SET last_used_at = now(), expires_at = $2 WHERE id = $1';

function noteUse({ credentialId, via, createdAt, lastUsedAt }: Row, { address, client }: Use): void {
  if (lastUsedAt && Date.now() - lastUsedAt.getTime() < LAST_USED_STEP_MS) return;
  const note =
    via === 'token'
      ? relaxedPool().query(NOTE_TOKEN, [credentialId, address, client])
      : relaxedPool().query(NOTE_SESSION, [credentialId, sessionEnd(createdAt, new Date())]);
  note.catch((error: Error) =>
    log().warn({ err: error.message }, 'could not note the last use of a credential'),
  );
}

/**
 * Who a token's text stands for, or null when it is unknown, expired, revoked, or its user is disabled.
 * Nothing is kept: a revocation counts from the next request on, on every replica.
 * @param use is written down with a token, once a minute at most.
 */
export async function authenticate(secret: string, use: Use = NOWHERE): Promise<Caller | null> {
  const row = await readCredential({ hash: hashSecret(secret).toString('hex') });
  if (!row) return null;
  noteUse(row, use);
  const { lastUsedAt: _, ...caller } = row;
  return caller;
}
