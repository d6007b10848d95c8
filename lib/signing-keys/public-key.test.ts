import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeKey, MAX_PEM_BYTES, readPublicKey } from '#lib/signing-keys/public-key.ts';
import { newSigner } from '#lib/testing/signatures.ts';

const INVALID = { kind: 'invalid' };
const faultOf = (pem: string) => {
  try {
    return readPublicKey(pem);
  } catch (error) {
    return error;
  }
};

describe('a public key', () => {
  it.each([
    ['p256', 'ECDSA P-256'],
    ['p384', 'ECDSA P-384'],
    ['ed25519', 'Ed25519'],
    ['rsa2048', 'RSA 2048'],
  ] as const)('of %s is taken', (kind, words) => {
    const { pem } = newSigner(kind);
    const read = readPublicKey(pem);
    expect(read.pem).toBe(pem);
    expect(describeKey(read.pem)).toBe(words);
  });

  it('has one fingerprint, however its text is broken into lines', () => {
    const { pem } = newSigner();
    const { fingerprint } = readPublicKey(pem);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const [head = '', ...rest] = pem.trim().split('\n');
    const tail = rest.pop();
    for (const text of [`\n ${pem}\n`, pem.replaceAll('\n', '\r\n'), `${head}${rest.join('')}${tail}`])
      expect(readPublicKey(text)).toEqual({ pem, fingerprint });
  });

  it('is the fingerprint of its DER that openssl prints', () => {
    // openssl pkey -pubin -in cosign.pub -outform der | sha256sum
    const pem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEo5Mdj5qIfCgvzsWbQz/H3z9RuehR
7+vihNlJcW5ZE1WZKVEPOZ8ez+Mz+5MyCSNtDcOedk6tRj+NQ6oVezc3RA==
-----END PUBLIC KEY-----
`;
    expect(readPublicKey(pem).fingerprint).toBe(
      '2c80129d4dff3feab0c876934be651509e540d846c27224a7cd10c6de4274e34',
    );
  });

  it.each(['p521', 'rsa1024'] as const)('of %s is refused', (kind) => {
    expect(faultOf(newSigner(kind).pem)).toMatchObject({
      ...INVALID,
      message: expect.stringMatching(/of this kind/),
    });
  });

  it('of a kind that only exchanges keys, or signs in ways of its own, is refused', () => {
    const pairs = [
      generateKeyPairSync('x25519'),
      generateKeyPairSync('ed448'),
      generateKeyPairSync('rsa-pss', { modulusLength: 2_048 }),
    ];
    for (const { publicKey } of pairs)
      expect(faultOf(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toMatchObject(INVALID);
  });

  it('is told apart from a private one, which is refused by its own sentence', () => {
    const { privatePem } = newSigner();
    const encrypted =
      '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----';
    for (const text of [privatePem, encrypted])
      expect(faultOf(text)).toMatchObject({
        ...INVALID,
        message: expect.stringMatching(/must stay with you/),
      });
  });

  it('is nothing else', () => {
    const { pem } = newSigner();
    const pkcs1 = createPublicKey(newSigner('rsa2048').pem)
      .export({ type: 'pkcs1', format: 'pem' })
      .toString();
    const certificate = pem.replaceAll('PUBLIC KEY', 'CERTIFICATE');
    const wrong = [
      '',
      'hello',
      'AAAA',
      pem + pem,
      pkcs1,
      certificate,
      pem.replace('MFkw', 'AAAA'),
      `${pem}\0`,
    ];
    for (const text of wrong) expect(faultOf(text), text).toMatchObject(INVALID);
    expect(faultOf(pem + ' '.repeat(MAX_PEM_BYTES))).toMatchObject({
      ...INVALID,
      message: expect.stringMatching(/at most/),
    });
  });
});
