import { newId } from '#lib/ids.ts';
import { readPublicKey } from '#lib/signing-keys/public-key.ts';
import { newSigner, type Signer, signedPayload } from '#lib/testing/signatures.ts';
import { newImage, type TestExecutor } from './executors.ts';
import { onDatabase, type Person, rowsOf } from './people.ts';

/** Of whoever signs in these tests. */
export const signer: Signer = newSigner();

/** Makes that key one of somebody's. */
export async function trust({ id }: Person, name = 'laptop', { pem }: Signer = signer): Promise<void> {
  const { fingerprint } = readPublicKey(pem);
  await onDatabase([
    [
      `INSERT INTO signing_key (id, namespace_id, name, pem, fingerprint, created_by_id)
       SELECT $1, n.id, $2, $3, $4, $5 FROM namespace n WHERE n.owner_id = $5 ON CONFLICT DO NOTHING`,
      [newId(), name, pem, fingerprint, id],
    ],
  ]);
}

/** An image of an Executor, and what is needed to attach a good signature of it. */
export interface SignedImage {
  id: string;
  /** Of its manifest. */
  digest: string;
  /** The image's own. */
  tag: string;
  payload: string;
  signature: string;
}

/** Gives an Executor an image, of which nothing is in a registry, and signs it. */
export async function newSignedImage(executor: TestExecutor): Promise<SignedImage> {
  const tag = await newImage(executor);
  const [row] = await rowsOf<{ digest: string }>(
    'SELECT digest FROM executor_image WHERE executor_id = $1 AND tag = $2',
    [executor.id, tag],
  );
  const digest = row?.digest ?? '';
  // As cosign sees this lane's registry: where it would be, with the port that is the default.
  const payload = signedPayload(`127.0.0.1:5000/jinahub/${executor.id}`, digest);
  return { id: executor.id, digest, tag, payload, signature: signer.sign(payload) };
}

/** The row of an attached signature, as it stands when the registry has taken it. */
export async function keepSignature({ id, digest, payload, signature }: SignedImage): Promise<void> {
  const { fingerprint } = readPublicKey(signer.pem);
  await onDatabase([
    [
      `INSERT INTO executor_image_signature (id, executor_id, digest, key_name, fingerprint, payload, payload_digest,
         signature, manifest_digest) VALUES ($1, $2, $3, 'laptop', $4, $5, 'sha256:0', $6, 'sha256:0')`,
      [newId(), id, digest, fingerprint, payload, signature],
    ],
  ]);
}
