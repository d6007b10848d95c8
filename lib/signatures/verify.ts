import { createPublicKey, verify } from 'node:crypto';

/** With P-384 some versions of cosign sign a SHA-256 and others a SHA-384. */
const HASHES: Record<string, string[]> = { prime256v1: ['sha256'], secp384r1: ['sha256', 'sha384'] };

/**
 * Whether a signature of these bytes was made with the private half of a key, in the ways that cosign knows: ECDSA in DER, RSA by
 * PKCS #1 v1.5 with SHA-256, plain Ed25519.
 * @param pem one that was taken (lib/signing-keys/public-key.ts).
 */
export function isSignedBy(pem: string, payload: Buffer, signature: Buffer): boolean {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType === 'ed25519') return verify(null, payload, key, signature);
  const hashes = HASHES[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? ['sha256'];
  return hashes.some((hash) => verify(hash, payload, key, signature));
}
