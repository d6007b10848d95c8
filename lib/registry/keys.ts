import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import type pg from 'pg';
import { DAY_MS, HOUR_MS, SECOND_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { selfSignedCertificate } from '#lib/registry/certificate.ts';
import { shared } from '#lib/shared.ts';
import { seal, unseal } from '#lib/tasks/seal.ts';

/** A key as the database keeps it, encrypted: every replica signs with the same one (docs/decisions/030). */
interface StoredKey {
  /** Base64 of DER. */
  privateKey: string;
  certificate: string;
  /** Whether the registry has shown that it takes what this key signs. */
  isTrusted: boolean;
  /** When the next one took over, in milliseconds since 1970. */
  replacedMs: number | null;
}

/** A key that signs tokens for the registry. */
export interface SigningKey {
  /** The RFC 7638 thumbprint of its public half. */
  kid: string;
  privateKey: KeyObject;
  /** Base64 of DER, as `x5c` wants it. */
  certificate: string;
}

/** No token for the registry lives longer. */
export const LONGEST_TOKEN_SECONDS = 3600;
/** The row of `setting`. */
const SETTING = 'registry-keys';
const COMMON_NAME = 'Groundstation registry tokens';
/** Clocks of the machines that look at it may be behind. */
const VALID_BEFORE_MS = DAY_MS;
/** How long a process goes on with the keys that it has read. A new one signs that much later at most. */
const CACHE_MS = 10 * SECOND_MS;
/** What a replaced key has signed is over by then. */
const KEPT_MS = LONGEST_TOKEN_SECONDS * SECOND_MS + HOUR_MS;

function newKey(isTrusted: boolean): StoredKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const from = new Date(Date.now() - VALID_BEFORE_MS);
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    certificate: selfSignedCertificate(privateKey, COMMON_NAME, from).toString('base64'),
    isTrusted,
    replacedMs: null,
  };
}

/** RFC 7638: of the members that a key must have, in the order of the alphabet. */
function thumbprint(certificate: string): string {
  const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'));
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}

function toSigningKey({ privateKey, certificate }: StoredKey): SigningKey {
  const der = Buffer.from(privateKey, 'base64');
  const key = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' });
  return { kid: thumbprint(certificate), privateKey: key, certificate };
}

const encode = (keys: StoredKey[]) => seal(keys).toString('base64');
const decode = (value: string) => unseal(Buffer.from(value, 'base64')) as StoredKey[];

async function readRow(
  client: Pick<pg.ClientBase, 'query'> | pg.Pool,
  lock = '',
): Promise<StoredKey[] | null> {
  const text = `SELECT value FROM setting WHERE key = $1 ${lock}`;
  const { rows } = await client.query<{ value: string }>(text, [SETTING]);
  return rows[0] ? decode(rows[0].value) : null;
}

/** From the oldest one on; the first asker makes the first key, which the registry is started with. */
async function readKeys(): Promise<StoredKey[]> {
  const keys = await readRow(pool());
  if (keys) return keys;
  await pool().query('INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    SETTING,
    encode([newKey(true)]),
  ]);
  return readKeys();
}

/** Changes the keys; two changes at once come one after the other. */
async function changeKeys(change: (keys: StoredKey[]) => StoredKey[]): Promise<void> {
  await readKeys();
  await transaction(async (client) => {
    const keys = (await readRow(client, 'FOR UPDATE')) ?? [];
    await client.query('UPDATE setting SET value = $2 WHERE key = $1', [SETTING, encode(change(keys))]);
  });
  cache().readMs = 0;
}

const cache = () => shared('registry-keys', () => ({ readMs: 0, key: null as SigningKey | null }));

/** The key that signs now, of which this process may know up to ten seconds late. */
export async function signingKey(): Promise<SigningKey> {
  const kept = cache();
  if (kept.key && Date.now() - kept.readMs < CACHE_MS) return kept.key;
  const newest = (await readKeys()).findLast(({ isTrusted }) => isTrusted);
  if (!newest) throw new Error('no key for tokens of the registry is trusted');
  if (kept.key?.certificate !== newest.certificate) kept.key = toSigningKey(newest);
  kept.readMs = Date.now();
  return kept.key;
}

/** The certificates of all keys whose tokens count, as PEM: what the registry trusts. */
export async function certificateBundle(): Promise<string> {
  const keys = await readKeys();
  return keys
    .map(({ certificate }) => new X509Certificate(Buffer.from(certificate, 'base64')).toString())
    .join('');
}

/** The key that is to sign as soon as the registry trusts it; null when none waits. */
export async function waitingKey(): Promise<SigningKey | null> {
  const newest = (await readKeys()).at(-1);
  return newest && !newest.isTrusted ? toSigningKey(newest) : null;
}

/** Adds a key that waits for the registry's trust, unless one does. */
export async function addKey(): Promise<void> {
  await changeKeys((keys) => (keys.at(-1)?.isTrusted === false ? keys : [...keys, newKey(false)]));
}

/** Lets a waiting key sign from now on, if it waits still; what the others have signed counts until it ends. */
export async function trustKey({ certificate }: SigningKey): Promise<void> {
  await changeKeys((keys) => {
    if (keys.at(-1)?.certificate !== certificate) return keys;
    const replacedMs = Date.now();
    return keys.map((key) =>
      key.certificate === certificate
        ? { ...key, isTrusted: true }
        : { ...key, replacedMs: key.replacedMs ?? replacedMs },
    );
  });
}

/** Drops the keys whose tokens are all over. */
export async function forgetOldKeys(now: Date): Promise<void> {
  const isOver = ({ replacedMs }: StoredKey) => replacedMs !== null && replacedMs + KEPT_MS < now.getTime();
  if ((await readKeys()).some(isOver)) await changeKeys((keys) => keys.filter((key) => !isOver(key)));
}
