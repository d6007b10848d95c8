import type { TestProject } from 'vitest/node';
import { addS3User, startCeph } from './ceph.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The S3 of this run. */
    s3: { endpoint: string; settingsFile: string; accessKeyId: string; secretAccessKey: string };
  }
}

/** One Ceph for a run of vitest; each test file makes buckets of its own in it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...ceph } = await startCeph();
  try {
    project.provide('s3', { ...ceph, ...(await addS3User(ceph.settingsFile, 'groundstation')) });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
