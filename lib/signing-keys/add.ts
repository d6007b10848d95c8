import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import { type PublicKey, readPublicKey } from '#lib/signing-keys/public-key.ts';
import { requireWhole } from '#lib/signing-keys/require-whole.ts';

/** Keys of one namespace. */
const MAX_SIGNING_KEYS = 20;
const MAX_NAME_LENGTH = 100;

interface AddOptions {
  caller: Caller;
  origin: Origin;
  clock: Clock;
  name: string;
  /** The text of a public key (lib/signing-keys/public-key.ts). */
  pem: string;
}

function requireName(name: string): void {
  if (name.trim() !== '' && name.length <= MAX_NAME_LENGTH && isKeepable(name)) return;
  throw new Fault('invalid', `A signing key needs a name of 1 to ${MAX_NAME_LENGTH} characters.`);
}

/** @throws Fault when the namespace has this key, a key of this name, or as many as there may be. */
function requireRoom(keys: { name: string; fingerprint: string }[], name: string, added: PublicKey): void {
  const same = keys.find(({ fingerprint }) => fingerprint === added.fingerprint);
  if (same) throw new Fault('name-taken', `You already have this key; it is named ${same.name}.`);
  if (keys.some((key) => key.name === name))
    throw new Fault('name-taken', `You already have a signing key named ${name}. Choose another name.`);
  if (keys.length >= MAX_SIGNING_KEYS)
    throw new Fault('not-allowed', `There can be ${MAX_SIGNING_KEYS} signing keys. Remove one first.`);
}

/**
 * Adds a public key whose signatures of images count in the caller's namespace from now on; those that it made before do too.
 * @returns its id and its fingerprint.
 * @throws Fault `invalid` for a name or key that cannot be, `name-taken`, `not-allowed` for too many of them, and for a token
 *   that may not.
 */
export async function addSigningKey({ caller, origin, clock, name, pem }: AddOptions) {
  await requireWhole(caller);
  requireName(name);
  const key = readPublicKey(pem);
  const id = newId();
  const { namespaceId, userId } = caller;
  await transaction(async (client) => {
    // One at a time, so that their number holds.
    await client.query('SELECT FROM namespace WHERE id = $1 FOR NO KEY UPDATE', [namespaceId]);
    const { rows } = await client.query<{ name: string; fingerprint: string }>(
      'SELECT name, fingerprint FROM signing_key WHERE namespace_id = $1',
      [namespaceId],
    );
    requireRoom(rows, name, key);
    await client.query(
      `INSERT INTO signing_key (id, namespace_id, name, pem, fingerprint, created_by_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, namespaceId, name, key.pem, key.fingerprint, userId, clock.now()],
    );
    const detail = { fingerprint: key.fingerprint };
    await insertAudit(client, origin, { action: 'signingKey.add', target: name, detail });
  });
  return { id, fingerprint: key.fingerprint };
}
