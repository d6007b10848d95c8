import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { countAgainst, type RateLimit } from '#lib/auth/rate-limit.ts';
import { type Clock, HOUR_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { findOwnExecutor } from '#lib/executors/find-own.ts';
import { announceChange } from '#lib/notices/outbox.ts';
import { type ImageRef, requireSameImage } from '#lib/signatures/find-image.ts';
import { signatureTag } from '#lib/signatures/manifest.ts';
import { readPayload, readSignature } from '#lib/signatures/payload.ts';
import { storeSignature } from '#lib/signatures/store.ts';
import { isSignedBy } from '#lib/signatures/verify.ts';
import { listSigningKeys, type SigningKeySummary } from '#lib/signing-keys/list.ts';

const SIGNATURES_AN_HOUR = 120;
const BY_ACCOUNT: RateLimit = {
  name: 'signature',
  points: SIGNATURES_AN_HOUR,
  durationMs: HOUR_MS,
  excess: 'Too many signatures were attached',
};

interface AttachOptions extends ImageRef {
  caller: Caller;
  origin: Origin;
  clock: Clock;
  /** An id or a name (contract 7.1). */
  id: string;
  /** What was signed: JSON of simple signing, to the byte. */
  payload: string;
  /** In base64. */
  signature: string;
}

/** A signature as its attachment tells it. */
export interface Attached {
  executorId: string;
  /** Of the image: `sha256:…` */
  digest: string;
  /** Of the signatures in the registry. */
  tag: string;
  key: Pick<SigningKeySummary, 'name' | 'fingerprint'>;
}

/** @throws Fault `invalid` when no key of the namespace made it. */
async function requireSigner(namespaceId: string, payload: string, signature: Buffer) {
  const keys = await listSigningKeys(namespaceId);
  if (keys.length === 0)
    throw new Fault('invalid', 'You have no signing key. Add your public key in the settings first.');
  const bytes = Buffer.from(payload);
  const key = keys.find(({ pem }) => isSignedBy(pem, bytes, signature));
  if (key) return key;
  throw new Fault(
    'invalid',
    'None of your signing keys made this signature of this payload. Give both files as cosign wrote them.',
  );
}

/**
 * Takes a signature that the owner of an Executor made of one of its images: verifies it, and only then stores it, where cosign
 * finds it.
 * @throws Fault `not-found`, `not-allowed` for somebody else's and where no images are kept, `invalid` for what is no signature of
 *   that image by a key of the namespace, `too-often`, `unavailable`.
 */
export async function attachSignature(options: AttachOptions): Promise<Attached> {
  const { caller, origin, clock, id, tag, digest, payload } = options;
  const executor = await findOwnExecutor(caller, id);
  const claim = readPayload(payload);
  const signature = readSignature(options.signature);
  await requireSameImage(executor.id, { tag, digest }, claim);
  const key = await requireSigner(executor.namespaceId, payload, signature);
  if (env().IMAGES === 'off') throw new Fault('not-allowed', 'This server keeps no images.');
  await countAgainst(BY_ACCOUNT, caller.userId);
  await storeSignature({
    ...{ executor, digest: claim.digest, payload, signature: signature.toString('base64') },
    ...{ keyName: key.name, fingerprint: key.fingerprint },
    ...{ userId: caller.userId, at: clock.now(), origin },
  });
  announceChange(executor.namespaceId, [executor.id]);
  const { name, fingerprint } = key;
  return {
    executorId: executor.id,
    digest: claim.digest,
    tag: signatureTag(claim.digest),
    key: { name, fingerprint },
  };
}
