import { generateKeyPairSync, sign } from 'node:crypto';

const PAIRS = {
  p256: () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  p384: () => generateKeyPairSync('ec', { namedCurve: 'secp384r1' }),
  p521: () => generateKeyPairSync('ec', { namedCurve: 'secp521r1' }),
  ed25519: () => generateKeyPairSync('ed25519'),
  rsa1024: () => generateKeyPairSync('rsa', { modulusLength: 1_024 }),
  rsa2048: () => generateKeyPairSync('rsa', { modulusLength: 2_048 }),
};

/** Somebody's pair of keys. */
export interface Signer {
  /** The public one. */
  pem: string;
  privatePem: string;
  /** A signature of a text, in base64, as `cosign sign-blob` writes it. */
  sign(text: string, hash?: string): string;
}

/** A new pair of keys; cosign makes P-256. */
export function newSigner(kind: keyof typeof PAIRS = 'p256'): Signer {
  const { publicKey, privateKey } = PAIRS[kind]();
  const usual = kind === 'ed25519' ? null : 'sha256';
  return {
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign: (text, hash) => sign(hash ?? usual, Buffer.from(text), privateKey).toString('base64'),
  };
}

/** What `cosign generate` writes for an image of a repository, such as `127.0.0.1:5000/jinahub/ab12cd34`. */
export function signedPayload(repository: string, digest: string): string {
  return JSON.stringify({
    critical: {
      identity: { 'docker-reference': repository },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional: null,
  });
}
