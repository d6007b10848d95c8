import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '#lib/registry/certificate.ts';

const from = new Date('2026-03-04T05:06:07.089Z');

describe('a self-signed certificate', () => {
  // Signatures and serial numbers differ in length: each key is another chance to get a piece wrong.
  it.each(Array.from({ length: 50 }, (_, index) => index))('is one to OpenSSL, with key %i', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const certificate = new X509Certificate(selfSignedCertificate(privateKey, 'a name', from));
    expect(certificate.subject).toBe('CN=a name');
    expect(certificate.issuer).toBe('CN=a name');
    expect(certificate.verify(publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(privateKey)).toBe(true);
    expect(new Date(certificate.validFrom)).toEqual(new Date('2026-03-04T05:06:07Z'));
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(9999);
    expect(certificate.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
  });

  it('of another key is not verified by this one', () => {
    const [one, other] = [1, 2].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
    if (!one || !other) throw new Error('no keys');
    const certificate = new X509Certificate(selfSignedCertificate(one.privateKey, 'one', from));
    expect(certificate.verify(other.publicKey)).toBe(false);
  });
});
