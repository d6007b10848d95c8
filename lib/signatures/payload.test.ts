import { describe, expect, it } from 'vitest';
import {
  MAX_PAYLOAD_BYTES,
  MAX_SIGNATURE_LENGTH,
  readPayload,
  readSignature,
} from '#lib/signatures/payload.ts';
import { signedPayload } from '#lib/testing/signatures.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const REPOSITORY = 'registry.example.org:5000/jinahub/ab12cd34';
const payload = signedPayload(REPOSITORY, DIGEST);
const refused = (sentence: string | RegExp) =>
  expect.objectContaining({ kind: 'invalid', message: expect.stringMatching(sentence) });
const faultOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('a payload', () => {
  it('says of which image of which repository it is, with a tag and a digest behind it or without', () => {
    for (const reference of [
      REPOSITORY,
      `${REPOSITORY}:latest`,
      `${REPOSITORY}@${DIGEST}`,
      `${REPOSITORY}:v1@${DIGEST}`,
    ])
      expect(readPayload(signedPayload(reference, DIGEST))).toEqual({
        digest: DIGEST,
        repository: REPOSITORY,
      });
  });

  it('may say nothing of a repository, and anything besides', () => {
    const { critical } = JSON.parse(payload);
    const { identity: _, ...rest } = critical;
    const text = JSON.stringify({ critical: rest, optional: { creator: 'us', timestamp: 1 } });
    expect(readPayload(text)).toEqual({ digest: DIGEST, repository: null });
  });

  it.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['JSON of something else', '{"critical": 1}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['an array in place of a text', payload.replace(`"${DIGEST}"`, `["${DIGEST}"]`)],
    ['a NUL', `${payload}\0`],
    ['half a surrogate pair', `${payload.slice(0, -1)},"x":"\ud800"}`],
    ['deep nesting', '['.repeat(MAX_PAYLOAD_BYTES / 2) + ']'.repeat(MAX_PAYLOAD_BYTES / 2)],
    ['deep nesting that never ends', '{"critical":'.repeat(300)],
  ])('is refused when it is %s', (_, text) => {
    expect(faultOf(() => readPayload(text))).toEqual(refused('not what cosign signs'));
  });

  it('is refused when it is of another type, or too long', () => {
    const atomic = payload.replace('cosign container', 'atomic container');
    expect(faultOf(() => readPayload(atomic))).toEqual(refused('type is not'));
    expect(readPayload(payload + ' '.repeat(MAX_PAYLOAD_BYTES - payload.length)).digest).toBe(DIGEST);
    const long = payload + ' '.repeat(MAX_PAYLOAD_BYTES - payload.length + 1);
    expect(faultOf(() => readPayload(long))).toEqual(refused('more than'));
  });
});

describe('a signature', () => {
  it('is base64, with spaces and breaks around it at most', () => {
    expect(readSignature(' AAEC\n')).toEqual(Buffer.of(0, 1, 2));
    expect(readSignature('AAECAAE=')).toEqual(Buffer.of(0, 1, 2, 0, 1));
    for (const text of ['', '   ', 'AAE', 'A===', 'AAE-', 'AA EC', '%', 'A'.repeat(MAX_SIGNATURE_LENGTH + 4)])
      expect(
        faultOf(() => readSignature(text)),
        text,
      ).toEqual(refused('no base64'));
  });
});
