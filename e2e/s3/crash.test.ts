import { describe } from 'vitest';
import type { WatchedStore } from '#lib/testing/killable.ts';
import { describePushKills } from '#lib/testing/push-kills.ts';
import { contentsOf, makeBucket } from './support/bucket.ts';

/** A bucket, looked at past the server. */
async function watchBucket(): Promise<WatchedStore> {
  const bucket = await makeBucket();
  const { s3, name: Bucket } = bucket;
  return {
    env: bucket.env,
    isWhole: async (key) => (await contentsOf(bucket)).objects.includes(key),
    async arrivedBytes(Key) {
      const { Uploads = [] } = await s3.listMultipartUploads({ Bucket, Prefix: Key });
      const [upload] = Uploads;
      if (!upload) return 0;
      const { Parts = [] } = await s3.listParts({ Bucket, Key, UploadId: upload.UploadId });
      return Parts.reduce((sum, { Size = 0 }) => sum + Size, 0);
    },
    async keys() {
      const { objects, uploads } = await contentsOf(bucket);
      return [...objects, ...uploads];
    },
  };
}

describe('with blobs on S3', () => describePushKills(watchBucket));
