import { z } from 'zod';
import { isKeepable } from '#lib/db/keepable.ts';
import { Fault } from '#lib/errors.ts';

/** The longest text that is signed: `cosign generate` writes about 250 bytes. */
export const MAX_PAYLOAD_BYTES = 4_096;
/** The longest signature, in base64. */
export const MAX_SIGNATURE_LENGTH = 2_048;
const TYPE = 'cosign container image signature';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What of simple signing is read; whatever else stands in it was signed as well, and is kept. */
const simpleSigning = z.object({
  critical: z.object({
    identity: z.object({ 'docker-reference': z.string().optional() }).optional(),
    image: z.object({ 'docker-manifest-digest': z.string() }),
    type: z.string(),
  }),
});

/** What a payload says was signed. */
export interface Claim {
  /** `sha256:…` */
  digest: string;
  /** `registry.example.org:5000/jinahub/ab12cd34`, without tag and digest; null when it says nothing. */
  repository: string | null;
}

function parse(payload: string) {
  try {
    return simpleSigning.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}

/** A reference without its tag and digest; a port is none. */
function repositoryOf(reference: string): string {
  const [name = ''] = reference.split('@');
  return name.replace(/:[^:/]*$/, '');
}

/**
 * Reads what cosign has signed for an image, a text of JSON in the form of "simple signing".
 * @throws Fault `invalid` for anything else.
 */
export function readPayload(payload: string): Claim {
  if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES)
    throw new Fault(
      'invalid',
      `The payload has more than ${MAX_PAYLOAD_BYTES} bytes. Give what cosign generate wrote.`,
    );
  const critical = isKeepable(payload) ? parse(payload)?.critical : undefined;
  if (!critical)
    throw new Fault('invalid', 'The payload is not what cosign signs. Give what cosign generate wrote.');
  if (critical.type !== TYPE)
    throw new Fault('invalid', `The payload’s type is not “${TYPE}”. Give what cosign generate wrote.`);
  const reference = critical.identity?.['docker-reference'];
  return {
    digest: critical.image['docker-manifest-digest'],
    repository: reference ? repositoryOf(reference) : null,
  };
}

/** The bytes of a signature. @throws Fault `invalid` for what is no base64, or too long. */
export function readSignature(signature: string): Buffer {
  const text = signature.trim();
  if (text.length <= MAX_SIGNATURE_LENGTH && BASE64.test(text)) return Buffer.from(text, 'base64');
  throw new Fault(
    'invalid',
    `The signature is no base64 of up to ${MAX_SIGNATURE_LENGTH} characters. Give what cosign sign-blob wrote.`,
  );
}
