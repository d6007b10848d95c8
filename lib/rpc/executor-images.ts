import { lookForExecutor, PLAIN } from '#lib/executors/find.ts';
import { type ExecutorImage, listImages } from '#lib/executors/image-list.ts';
import type { CallContext, Result, UserContext } from '#lib/rpc/method.ts';
import { attachSignature } from '#lib/signatures/attach.ts';

function imageData(image: ExecutorImage) {
  const { reference, digest, tags, platform, jinaVersion, sizeBytes, commitId, createdAt } = image;
  const signatures = image.signatures.map((one) => ({
    key: one.keyName,
    fingerprint: one.fingerprint,
    isTrusted: one.pem !== null,
    createdAt: one.createdAt.toISOString(),
  }));
  return {
    image: reference,
    digest,
    tags,
    platform,
    jina: jinaVersion,
    size: sizeBytes,
    commit: { id: commitId, _id: commitId },
    createdAt: createdAt.toISOString(),
    signature: { status: image.signatureStatus, signatures },
  };
}

/** `executor.listImages`: ours; the images of an Executor, and by whom they are signed. */
export async function list({ origin }: CallContext, ref: { id: string; secret?: string }): Promise<Result> {
  const { id, currentCommitId } = await lookForExecutor(PLAIN, origin, ref);
  return { kind: 'value', data: (await listImages(id, currentCommitId)).map(imageData) };
}

interface AttachInput {
  id: string;
  tag?: string;
  digest?: string;
  payload: string;
  signature: string;
}

/** `executor.attachSignature`: ours; what `cosign sign` does where one may push (docs/decisions/033). */
export async function attach(context: UserContext, input: AttachInput): Promise<Result> {
  const { executorId, digest, tag, key } = await attachSignature({ ...context, ...input });
  return { kind: 'value', data: { id: executorId, _id: executorId, digest, tag, key } };
}
