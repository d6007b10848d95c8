import { hashSecret } from '#lib/auth/secret.ts';
import { newId, randomBase62 } from '#lib/ids.ts';
import { newTokenText } from '#lib/tokens/format.ts';
import { SCOPES } from '#lib/tokens/scopes.ts';
import { newPerson, onDatabase, type Person } from '../people.ts';

/** The people of one row of the table: the things are Alice's. */
export interface Cast {
  alice: Person;
  mallory: Person;
  admin: Person;
  disabled: Person;
}

/** New people, whom no other row touches. */
export async function newCast(): Promise<Cast> {
  const cast = {
    alice: await newPerson('alice'),
    mallory: await newPerson('mallory'),
    admin: await newPerson('admin'),
    disabled: await newPerson('disabled'),
  };
  await onDatabase([
    ['UPDATE app_user SET is_admin = true WHERE id = $1', [cast.admin.id]],
    ['UPDATE app_user SET disabled_at = now() WHERE id = $1', [cast.disabled.id]],
  ]);
  return cast;
}

interface NewSession {
  isProgram?: boolean;
  isExpired?: boolean;
}

/** A new session, straight into the database; its text. */
async function session(user: Person, { isProgram = false, isExpired = false }: NewSession = {}) {
  const text = `gss_${randomBase62(43)}`;
  await onDatabase([
    [
      `INSERT INTO session (id, hash, user_id, is_program, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(days => $5))`,
      [newId(), hashSecret(text), user.id, isProgram, isExpired ? -1 : 1],
    ],
  ]);
  return text;
}

interface NewToken {
  scopes?: string[];
  isExpired?: boolean;
}

/** A new token, straight into the database; its text. */
async function token(user: Person, { scopes = [], isExpired = false }: NewToken = {}) {
  const [id, text] = [newId(), newTokenText()];
  await onDatabase([
    [
      `INSERT INTO access_token (id, user_id, name, prefix, hash, scopes, expires_at)
       VALUES ($1, $2, $1, $3, $4, $5, now() + make_interval(days => $6))`,
      [id, user.id, text.slice(0, 8), hashSecret(text), scopes, isExpired ? -1 : 1],
    ],
  ]);
  return text;
}

/** Credentials that no longer stand for anybody. */
export const DEAD = [
  'expired token',
  'revoked token',
  'expired session',
  'ended session',
  'token of a disabled user',
  'session of a disabled user',
] as const;

/** Everybody who may call, each with a credential that is made for the call; nobody has none. */
export const CALLERS: Record<string, (cast: Cast) => Promise<string | undefined>> = {
  nobody: async () => undefined,
  owner: ({ alice }) => session(alice),
  'program of the owner': ({ alice }) => session(alice, { isProgram: true }),
  'token of the owner': ({ alice }) => token(alice),
  ...Object.fromEntries(
    SCOPES.map((scope) => [`token for ${scope}`, ({ alice }: Cast) => token(alice, { scopes: [scope] })]),
  ),
  'another user': ({ mallory }) => session(mallory),
  administrator: ({ admin }) => session(admin),
  'program of the administrator': ({ admin }) => session(admin, { isProgram: true }),
  'token of the administrator': ({ admin }) => token(admin),
  'expired token': ({ alice }) => token(alice, { isExpired: true }),
  'revoked token': async () => newTokenText(),
  'expired session': ({ alice }) => session(alice, { isExpired: true }),
  'ended session': async () => `gss_${randomBase62(43)}`,
  'token of a disabled user': ({ disabled }) => token(disabled),
  'session of a disabled user': ({ disabled }) => session(disabled),
};
