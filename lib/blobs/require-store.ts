import { answeredStatus } from '#lib/blobs/s3-faults.ts';
import { blobStore, currentStore } from '#lib/blobs/store.ts';
import { env } from '#lib/env.ts';
import { Refusal } from '#lib/refusal.ts';

/** Why the bucket cannot be used, for whoever starts the server. */
function explain(error: unknown): string {
  const { S3_BUCKET, S3_REGION, S3_ENDPOINT } = env();
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const bucket = `S3_BUCKET is "${S3_BUCKET}"`;
  const keys = 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
  switch (answeredStatus(cause)) {
    case 404:
      return `${bucket}, which is not there; make that bucket, or give another one.`;
    case 401:
    case 403:
      return `${bucket}, to which S3 denies us access; check ${keys}, and what they may do.`;
    case 301:
    case 400:
      return `${bucket}, which is not in S3_REGION "${S3_REGION}"; give the region of the bucket.`;
  }
  const { name, code } = cause as NodeJS.ErrnoException;
  if (name === 'CredentialsProviderError') return `No keys for S3 were found; give ${keys}.`;
  const where = S3_ENDPOINT ? `S3_ENDPOINT is "${S3_ENDPOINT}", where` : 'S3 is asked, but';
  const reason = code ?? (name === 'AbortError' ? 'no answer' : name);
  return `${where} nothing answers as it should (${reason}); start it, or correct the address.`;
}

/**
 * Asks the store that new blobs go to whether it takes them, within seconds.
 * @throws Refusal with the reason.
 */
export async function requireStore(): Promise<void> {
  if (currentStore() === 'disk') return;
  await blobStore()
    .check()
    .catch((error) => {
      throw new Refusal(explain(error));
    });
}
