import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { Fault } from '#lib/errors.ts';

/** The longest text of a key. */
export const MAX_PEM_BYTES = 4_096;
const MIN_RSA_BITS = 2_048;
/** What takes longer to check is nothing that anybody signs with. */
const MAX_RSA_BITS = 8_192;
const BLOCK = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/;
const CURVES: Record<string, string> = { prime256v1: 'ECDSA P-256', secp384r1: 'ECDSA P-384' };

/** A public key by which signatures are checked. */
export interface PublicKey {
  /** As SPKI, however it was written. */
  pem: string;
  /** The SHA-256 of its DER, 64 hexadecimal digits. */
  fingerprint: string;
}

/** What kind a key is, such as `ECDSA P-256`; null for one that is not taken. */
function kindOf({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): string | null {
  const { namedCurve = '', modulusLength = 0 } = asymmetricKeyDetails;
  if (asymmetricKeyType === 'ec') return CURVES[namedCurve] ?? null;
  if (asymmetricKeyType === 'ed25519') return 'Ed25519';
  const isLong = modulusLength >= MIN_RSA_BITS && modulusLength <= MAX_RSA_BITS;
  return asymmetricKeyType === 'rsa' && isLong ? `RSA ${modulusLength}` : null;
}

/** The kind of a key that was taken. */
export function describeKey(pem: string): string {
  return kindOf(createPublicKey(pem)) ?? 'unknown';
}

function parse(pem: string): KeyObject {
  const [, body = ''] = BLOCK.exec(pem) ?? [];
  try {
    return createPublicKey({ key: Buffer.from(body, 'base64'), format: 'der', type: 'spki' });
  } catch (cause) {
    throw new Fault(
      'invalid',
      'This is no public key. Give the text of cosign.pub, which begins with -----BEGIN PUBLIC KEY-----.',
      { cause },
    );
  }
}

/**
 * Reads a public key: one PEM block with an SPKI of ECDSA P-256 (what cosign makes), ECDSA P-384, Ed25519, or RSA of 2,048 to
 * 8,192 bits.
 * @throws Fault `invalid` for anything else, a private key among it.
 */
export function readPublicKey(pem: string): PublicKey {
  if (Buffer.byteLength(pem) > MAX_PEM_BYTES)
    throw new Fault(
      'invalid',
      `A public key has ${MAX_PEM_BYTES} bytes at most. Give the text of cosign.pub.`,
    );
  if (pem.includes('PRIVATE KEY'))
    throw new Fault(
      'invalid',
      'This is a private key, which must stay with you; it was not kept. Give the public one, such as cosign.pub.',
    );
  const key = parse(pem);
  if (kindOf(key) === null)
    throw new Fault(
      'invalid',
      `Keys of this kind are not taken. Use ECDSA P-256 or P-384, Ed25519, or RSA of ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits.`,
    );
  const der = key.export({ type: 'spki', format: 'der' });
  return {
    pem: key.export({ type: 'spki', format: 'pem' }).toString(),
    fingerprint: createHash('sha256').update(der).digest('hex'),
  };
}
