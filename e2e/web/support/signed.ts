import type pg from 'pg';
import { newId } from '#lib/ids.ts';
import { readPublicKey } from '#lib/signing-keys/public-key.ts';
import { insertImageRow } from '#lib/testing/executors.ts';
import { newSigner, type Signer, signedPayload } from '#lib/testing/signatures.ts';
import { call, given, type Person } from './api.ts';
import { makeExecutor, onDatabase } from './executors.ts';

/** The name of each Executor that is made here. */
export const SIGNED_NAME = 'CLIPTextEncoder';

/** An Executor with an image, and what cosign would write of it with a key of its owner's. */
export interface SignedExecutor {
  id: string;
  digest: string;
  signer: Signer;
  payload: string;
  signature: string;
}

/** Makes it, with the key `laptop` among its owner's. */
export async function makeSigned(
  person: Person,
  visibility: 'public' | 'private' = 'private',
): Promise<SignedExecutor> {
  const signer = newSigner();
  await call('signingKey.add', { name: 'laptop', pem: signer.pem }, person.session);
  return onDatabase(given('GS_DATABASE_URL'), async (client) => {
    const { id, commitId } = await makeExecutor(client, person, { name: SIGNED_NAME, visibility });
    await insertImageRow(client, { executorId: id, commitId });
    const { rows } = await client.query('SELECT digest FROM executor_image WHERE executor_id = $1', [id]);
    const [{ digest }] = rows;
    const payload = signedPayload('', digest);
    return { id, digest, signer, payload, signature: signer.sign(payload) };
  });
}

/** The row of its signature, as it stands when the registry has taken it. */
export async function keepSignature(
  client: pg.Client,
  { id, digest, signer, payload, signature }: SignedExecutor,
  keyName = 'laptop',
): Promise<void> {
  await client.query(
    `INSERT INTO executor_image_signature (id, executor_id, digest, key_name, fingerprint, payload, payload_digest,
       signature, manifest_digest) VALUES ($1, $2, $3, $4, $5, $6, 'sha256:0', $7, 'sha256:0')`,
    [newId(), id, digest, keyName, readPublicKey(signer.pem).fingerprint, payload, signature],
  );
}
