import { pool } from '#lib/db/pool.ts';

/** A signature of an image, as its page shows it. */
export interface ImageSignature {
  /** Of its key: what it is called now, or was when it signed. */
  keyName: string;
  /** The SHA-256 of the key's DER, 64 hexadecimal digits. */
  fingerprint: string;
  /** The key, as SPKI; null when the namespace trusts it no more. */
  pem: string | null;
  /** When it was attached. */
  createdAt: Date;
  /** The name of who attached it; null when they are gone. */
  createdBy: string | null;
}

/** Whether an image is signed with a key that its namespace trusts now. */
export type SignatureStatus = 'signed' | 'untrusted' | 'unsigned';

const SIGNATURES = {
  name: 'executor-image-signatures',
  text: `SELECT s.digest, coalesce(k.name, s.key_name) AS "keyName", s.fingerprint, k.pem, s.created_at AS "createdAt",
      u.name AS "createdBy"
    FROM executor_image_signature s JOIN executor e ON e.id = s.executor_id
      LEFT JOIN signing_key k ON k.namespace_id = e.namespace_id AND k.fingerprint = s.fingerprint
      LEFT JOIN app_user u ON u.id = s.created_by_id
    WHERE s.executor_id = $1 ORDER BY k.pem IS NULL, s.created_at, s.id`,
};

/** The signatures of an Executor's images, by the images' digests; those of trusted keys first. */
export async function listSignatures(executorId: string): Promise<Map<string, ImageSignature[]>> {
  const { rows } = await pool().query<ImageSignature & { digest: string }>({
    ...SIGNATURES,
    values: [executorId],
  });
  const byDigest = Map.groupBy(rows, ({ digest }) => digest);
  return new Map(
    [...byDigest].map(([digest, found]) => [digest, found.map(({ digest: _, ...signature }) => signature)]),
  );
}

/** What an image's signatures make of it, by the keys that are trusted now. */
export function statusOf(signatures: ImageSignature[]): SignatureStatus {
  if (signatures.some(({ pem }) => pem !== null)) return 'signed';
  return signatures.length > 0 ? 'untrusted' : 'unsigned';
}
