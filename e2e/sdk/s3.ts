import { connectS3 } from '#lib/blobs/s3-client.ts';
import { addS3User, startCeph } from '../s3/support/ceph.ts';

const BUCKET = 'clients';

/** A real S3 with one bucket: the settings of a server that keeps its bytes there. */
export async function startS3(): Promise<{ settings: Record<string, string>; stop: () => Promise<void> }> {
  const { endpoint, settingsFile, stop } = await startCeph();
  try {
    const { accessKeyId, secretAccessKey } = await addS3User(settingsFile, 'clients');
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    Object.assign(process.env, keys);
    const s3 = await connectS3('us-east-1', endpoint);
    await s3.createBucket({ Bucket: BUCKET });
    s3.destroy();
    return { settings: { BLOB_STORE: 's3', S3_BUCKET: BUCKET, S3_ENDPOINT: endpoint, ...keys }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
