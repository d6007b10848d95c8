import { randomBytes } from 'node:crypto';
import type { S3 } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import { connectS3 } from '#lib/blobs/s3-client.ts';

/** A bucket of a test file's own; it goes with the S3 at the end of the run. */
export interface Bucket {
  name: string;
  /** For looking into the store behind the back of what is tested. */
  s3: S3;
  /** Settings of a server that uses it. */
  env: Record<string, string>;
}

/** Makes one, as the user of the run or another one, and lets this process use it. */
export async function makeBucket(
  user: { accessKeyId: string; secretAccessKey: string } = inject('s3'),
): Promise<Bucket> {
  const { endpoint } = inject('s3');
  const { accessKeyId, secretAccessKey } = user;
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  Object.assign(process.env, keys);
  const s3 = await connectS3('us-east-1', endpoint);
  const name = `test-${randomBytes(8).toString('hex')}`;
  await s3.createBucket({ Bucket: name });
  return { name, s3, env: { BLOB_STORE: 's3', S3_BUCKET: name, S3_ENDPOINT: endpoint, ...keys } };
}

/** The objects and the unfinished uploads in a bucket: nothing else can be left there. */
export async function contentsOf({ s3, name }: Bucket): Promise<{ objects: string[]; uploads: string[] }> {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: name });
  const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: name });
  return { objects: Contents.map(({ Key = '' }) => Key), uploads: Uploads.map(({ Key = '' }) => Key) };
}
