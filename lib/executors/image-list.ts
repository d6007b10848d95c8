import { pool } from '#lib/db/pool.ts';
import type { ImageLayer } from '#lib/images/image.ts';
import { digestReference, imageReference } from '#lib/registry/reference.ts';
import { type ImageSignature, listSignatures, type SignatureStatus, statusOf } from '#lib/signatures/list.ts';

/** An image of an Executor, as its page shows it. */
export interface ExecutorImage {
  id: string;
  /** Never moves: its own, not one of the Executor's. */
  tag: string;
  /** As engines pull it. */
  reference: string;
  /** The same by its digest, for who signs and verifies it. */
  digestReference: string;
  commitId: string;
  /** From 1. */
  commitNumber: number;
  /** Of the Executor, those that point to its commit now. */
  tags: string[];
  /** Of its manifest: `sha256:…` */
  digest: string;
  /** `linux/amd64` */
  platform: string;
  /** Null when nobody said. */
  jinaVersion: string | null;
  /** Whether it was built again. */
  isRebuilt: boolean;
  /** Whether it is for the version of jina for which its commit was pushed: the newest of those is what most pulls get. */
  isPushedFor: boolean;
  /** Compressed. */
  sizeBytes: number;
  /** From the lowest one on. */
  layers: ImageLayer[];
  /** How many packages are installed in it; null when that could not be read. */
  packageCount: number | null;
  buildMs: number;
  createdAt: Date;
  /** The push that made it, where it is still remembered. */
  taskId: string | null;
  /** By the keys that its owner trusts now. */
  signatureStatus: SignatureStatus;
  signatures: ImageSignature[];
}

type ImageRow = Omit<ExecutorImage, 'reference' | 'digestReference' | 'signatureStatus' | 'signatures'>;

/** More of them are not shown. */
const MAX_IMAGES = 100;

const IMAGES = {
  name: 'executor-images',
  text: `SELECT i.id, i.tag, i.commit_id AS "commitId", c.number AS "commitNumber", i.digest, i.platform,
      i.jina_version AS "jinaVersion", i.tag <> i.commit_id AND NOT EXISTS (
        SELECT FROM executor_image first WHERE first.commit_id = i.commit_id AND first.tag = first.commit_id
          AND first.platform <> i.platform AND first.jina_version IS NOT DISTINCT FROM i.jina_version
      ) AS "isRebuilt",
      i.jina_version IS NOT DISTINCT FROM nullif(c.client->>'jina', '(unset)') AS "isPushedFor", i.size_bytes::float8 AS "sizeBytes",
      i.layers, jsonb_array_length(i.bom->'packages') AS "packageCount", i.build_ms AS "buildMs",
      i.created_at AS "createdAt", t.id AS "taskId",
      ARRAY(SELECT tag.name FROM executor_tag tag WHERE tag.commit_id = i.commit_id
        ORDER BY tag.name <> 'latest', tag.updated_at DESC, tag.name) AS tags
    FROM executor_image i JOIN executor_commit c ON c.id = i.commit_id LEFT JOIN task t ON t.id = i.task_id
    WHERE i.executor_id = $1 ORDER BY i.commit_id = $2 DESC, c.number DESC, "isPushedFor" DESC, i.created_at DESC LIMIT ${MAX_IMAGES}`,
};

/**
 * The images of an Executor: those of the shown commit first, then of its newest ones; of each commit those for the jina of
 * its push before others, and the newest first.
 */
export async function listImages(executorId: string, commitId: string): Promise<ExecutorImage[]> {
  const { rows } = await pool().query<ImageRow>({ ...IMAGES, values: [executorId, commitId] });
  const signatures = rows.length > 0 ? await listSignatures(executorId) : new Map<string, ImageSignature[]>();
  return rows.map((image) => {
    const own = signatures.get(image.digest) ?? [];
    return {
      ...image,
      reference: imageReference(executorId, image.tag),
      digestReference: digestReference(executorId, image.digest),
      signatureStatus: statusOf(own),
      signatures: own,
    };
  });
}
