import type pg from 'pg';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import { HOUR_MS, SECOND_MS } from '#lib/clock.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault, isFault } from '#lib/errors.ts';
import { goneMeanwhile } from '#lib/executors/find-own.ts';
import type { ExecutorRow } from '#lib/executors/row.ts';
import { newId } from '#lib/ids.ts';
import { digestOf } from '#lib/registry/client.ts';
import { doomManifests } from '#lib/registry/doomed.ts';
import { lockSignatures, withRegistryWritable } from '#lib/registry/lock.ts';
import { repositoryOf } from '#lib/registry/reference.ts';
import { uploadManifest } from '#lib/registry/upload.ts';
import { shared } from '#lib/shared.ts';
import {
  digestOfBytes,
  type KeptSignature,
  SIGNATURE_MANIFEST_TYPE,
  signatureManifest,
  signatureTag,
} from '#lib/signatures/manifest.ts';

/** Signatures of one image. */
const MAX_SIGNATURES = 20;
/** How long a collection of layers is waited for. */
const PATIENCE_MS = 20 * SECOND_MS;
/** How long an earlier list of signatures stays for who is reading it. */
const OLD_STAYS_MS = HOUR_MS;

/** A signature that was verified. */
export interface NewSignature extends KeptSignature {
  executor: Pick<ExecutorRow, 'id' | 'name' | 'namespace'>;
  /** Of the image: `sha256:…` */
  digest: string;
  keyName: string;
  fingerprint: string;
  userId: string;
  at: Date;
  origin: Origin;
}

/** Each holds two connections: one at a time in a process, or many would wait for each other's. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = shared('turn of signatures', () => ({ last: Promise.resolve() as Promise<unknown> }));
  const mine = turn.last.then(work, work);
  turn.last = mine.catch(() => {});
  return mine;
}

/** What the image has besides; signing the same once more with the same key replaces what was there. */
async function otherSignatures(client: pg.ClientBase, added: NewSignature): Promise<KeptSignature[]> {
  const { rows } = await client.query<KeptSignature>(
    `SELECT payload, signature FROM executor_image_signature
     WHERE executor_id = $1 AND digest = $2 AND (fingerprint, payload) IS DISTINCT FROM ($3, $4) ORDER BY created_at, id`,
    [added.executor.id, added.digest, added.fingerprint, added.payload],
  );
  if (rows.length < MAX_SIGNATURES) return rows;
  throw new Fault('not-allowed', `This image has ${MAX_SIGNATURES} signatures, which is the most.`);
}

/** Until the transaction ends, the image stays. @throws Fault `not-found` when it went meanwhile. */
async function requireStill(client: pg.ClientBase, { executor, digest }: NewSignature): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT FROM executor WHERE id = $1 AND deleted_at IS NULL
       AND EXISTS (SELECT FROM executor_image i WHERE i.executor_id = $1 AND i.digest = $2) FOR KEY SHARE`,
    [executor.id, digest],
  );
  if (rowCount !== 1) throw goneMeanwhile();
}

async function writeRow(client: pg.ClientBase, added: NewSignature, manifestDigest: string): Promise<void> {
  const { executor, digest, keyName, fingerprint, payload, signature, userId, at } = added;
  const payloadDigest = digestOfBytes(Buffer.from(payload));
  await client.query(
    `INSERT INTO executor_image_signature (id, executor_id, digest, key_name, fingerprint, payload, payload_digest,
       signature, manifest_digest, created_by_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (executor_id, digest, fingerprint, payload_digest) DO UPDATE SET key_name = excluded.key_name,
       signature = excluded.signature, created_by_id = excluded.created_by_id, created_at = excluded.created_at`,
    [
      ...[newId(), executor.id, digest, keyName, fingerprint, payload, payloadDigest, signature],
      ...[manifestDigest, userId, at],
    ],
  );
  await client.query(
    'UPDATE executor_image_signature SET manifest_digest = $3 WHERE executor_id = $1 AND digest = $2',
    [executor.id, digest, manifestDigest],
  );
  await insertAudit(client, added.origin, {
    action: 'executor.sign',
    target: executor.name,
    namespace: executor.namespace,
    detail: { id: executor.id, digest, key: keyName, fingerprint },
  });
}

/** The list in the registry, then the row; whatever the tag led to before goes later, be it one that has no row. */
async function write(client: pg.ClientBase, added: NewSignature): Promise<void> {
  const repository = repositoryOf(added.executor.id);
  const tag = signatureTag(added.digest);
  await lockSignatures(client, repository);
  const manifest = signatureManifest([...(await otherSignatures(client, added)), added]);
  const old = await digestOf(repository, tag);
  await uploadManifest(repository, { ...manifest, tag, type: SIGNATURE_MANIFEST_TYPE });
  await requireStill(client, added);
  await writeRow(client, added, manifest.digest);
  if (old !== null && old !== manifest.digest)
    await doomManifests(client, [{ repository, digest: old }], OLD_STAYS_MS);
  await client.query('DELETE FROM doomed_manifest WHERE repository = $1 AND digest = $2', [
    repository,
    manifest.digest,
  ]);
}

/**
 * Puts a verified signature beside those that its image has, into the registry and into the database, both or neither.
 * @throws Fault `not-allowed` for too many of them, `not-found` for an image that went meanwhile, `unavailable` while the registry
 *   does not answer or collects its layers.
 */
export async function storeSignature(added: NewSignature): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    await inTurn(() =>
      withRegistryWritable(
        repositoryOf(added.executor.id),
        (registry) =>
          transaction(async (client) => {
            await write(client, added);
            await registry.confirm();
          }),
        patience,
      ),
    );
  } catch (error) {
    if (isFault(error) || !patience.aborted) throw error;
    throw new Fault(
      'unavailable',
      'The registry of images is being cleaned up right now. Try again in some minutes.',
      { cause: error },
    );
  }
}
