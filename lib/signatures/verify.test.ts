import { describe, expect, it } from 'vitest';
import { isSignedBy } from '#lib/signatures/verify.ts';
import { newSigner, signedPayload } from '#lib/testing/signatures.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const PAYLOAD = signedPayload('127.0.0.1:5000/jinahub/ab12cd34', DIGEST);
const bytes = Buffer.from(PAYLOAD);
const signatureOf = (text: string) => Buffer.from(text, 'base64');

describe.each([
  ['p256', undefined],
  ['p384', 'sha256'],
  ['p384', 'sha384'],
  ['ed25519', undefined],
  ['rsa2048', undefined],
] as const)('a signature by a key of %s (%s)', (kind, hash) => {
  const signer = newSigner(kind);
  const signature = signatureOf(signer.sign(PAYLOAD, hash));

  it('counts for what was signed', () => {
    expect(isSignedBy(signer.pem, bytes, signature)).toBe(true);
  });

  it('counts for no other digest, and for no payload that was touched', () => {
    const other = signedPayload('127.0.0.1:5000/jinahub/ab12cd34', `sha256:${'b'.repeat(64)}`);
    for (const text of [other, `${PAYLOAD}\n`, PAYLOAD.slice(1), ''])
      expect(isSignedBy(signer.pem, Buffer.from(text), signature), text).toBe(false);
  });

  it('does not count with another key, of whatever kind', () => {
    for (const other of ['p256', 'p384', 'ed25519', 'rsa2048'] as const)
      expect(isSignedBy(newSigner(other).pem, bytes, signature), other).toBe(false);
  });

  it('does not count when a byte of it is wrong, missing or too many', () => {
    const last = signature.length - 1;
    const changed = Buffer.from(signature);
    changed.writeUInt8((changed.readUInt8(last) + 1) % 256, last);
    const wrong = [changed, signature.subarray(0, last), Buffer.concat([signature, Buffer.of(0)])];
    for (const one of [...wrong, Buffer.alloc(0), Buffer.alloc(2_000, 0x30)])
      expect(isSignedBy(signer.pem, bytes, one)).toBe(false);
  });
});

it('a signature of another hash does not count with P-256 and RSA', () => {
  for (const kind of ['p256', 'rsa2048'] as const) {
    const signer = newSigner(kind);
    expect(isSignedBy(signer.pem, bytes, signatureOf(signer.sign(PAYLOAD, 'sha1')))).toBe(false);
    expect(isSignedBy(signer.pem, bytes, signatureOf(signer.sign(PAYLOAD, 'sha512')))).toBe(false);
  }
});
