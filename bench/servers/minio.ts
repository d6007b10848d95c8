import path from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { payloadOf } from '../load/payload.ts';
import type { Step } from '../load/plan.ts';
import type { Api, Server } from '../server.ts';
import { findProgram, freePort, startChild, until } from './child.ts';
import { LISTED } from './groundstation.ts';

const BUCKET = 'bench';
const credentials = { accessKeyId: 'benchmark', secretAccessKey: 'a-secret-of-the-benchmark' };
const VALID = { expiresIn: 3600 };
const SEEDS_AT_ONCE = 16;
/** Of a page that S3 gives at most, and of the one that is asked for here. */
const MAX_KEYS = 1000;
const PAGE_SIZE = 100;

async function step(verb: Step['verb'], signed: Promise<string>, more: Partial<Step> = {}): Promise<Step> {
  const { pathname, search } = new URL(await signed);
  return { verb, path: pathname + search, headers: {}, status: 200, ...more };
}

function listedKey(number: number): string {
  return `listed/${String(number).padStart(6, '0')}`;
}

async function listStep(client: S3Client, first: number, size: number): Promise<Step> {
  const after = first === 0 ? {} : { StartAfter: listedKey(first - 1) };
  const page = { Bucket: BUCKET, Prefix: 'listed/', MaxKeys: size, ...after };
  const signed = getSignedUrl(client, new ListObjectsV2Command(page), VALID);
  return step('GET', signed, { contains: listedKey(first) });
}

/** Requests with signed URLs: what a client costs that signs is not the server's. */
function apiOf(client: S3Client): Api {
  const of = (name: string) => ({ Bucket: BUCKET, Key: `pushed/${name}` });
  return {
    push: async (name, sizeBytes) => {
      const signed = getSignedUrl(client, new PutObjectCommand(of(name)), VALID);
      return [await step('PUT', signed, { payload: payloadOf(name, sizeBytes) })];
    },
    pull: async (name, sizeBytes) => {
      const signed = getSignedUrl(client, new GetObjectCommand(of(name)), VALID);
      return [await step('GET', signed, { lengthBytes: sizeBytes })];
    },
    stat: async (name) => [await step('HEAD', getSignedUrl(client, new HeadObjectCommand(of(name)), VALID))],
    // S3 lists by name only: who wants the newest reads all, a thousand at a time, and sorts.
    list: async () => {
      const starts = Array.from({ length: LISTED / MAX_KEYS }, (_, page) => page * MAX_KEYS);
      return Promise.all(starts.map((first) => listStep(client, first, MAX_KEYS)));
    },
    listByName: async () => [await listStep(client, 0, PAGE_SIZE)],
    async remove(names) {
      for (const name of names) await client.send(new DeleteObjectCommand(of(name)));
    },
  };
}

async function seedList(client: S3Client): Promise<void> {
  let next = 0;
  const put = async () => {
    while (next < LISTED) {
      await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: listedKey(next++), Body: 'x' }));
    }
  };
  await Promise.all(Array.from({ length: SEEDS_AT_ONCE }, put));
}

/**
 * MinIO on one folder, from `GS_BENCH_MINIO` or the PATH; null where it is not installed. What it keeps is durable by
 * its own defaults; its digest is an MD5.
 * @param needsList puts ten thousand objects into it, which takes a while.
 */
export async function startMinio(parent: string, needsList: boolean): Promise<Server | null> {
  const program = findProgram('minio', process.env.GS_BENCH_MINIO);
  if (!program) return null;
  const port = await freePort();
  const child = startChild(
    program,
    [
      'server',
      path.join(parent, 'minio'),
      '--address',
      `127.0.0.1:${port}`,
      '--console-address',
      '127.0.0.1:0',
    ],
    {
      HOME: parent,
      MINIO_ROOT_USER: credentials.accessKeyId,
      MINIO_ROOT_PASSWORD: credentials.secretAccessKey,
      MINIO_BROWSER: 'off',
      // Its walk over all objects would run while others are measured.
      MINIO_SCANNER_SPEED: 'slowest',
    },
  );
  const origin = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${origin}/minio/health/ready`)).ok, child);
  const client = new S3Client({ endpoint: origin, region: 'us-east-1', forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  if (needsList) await seedList(client);
  const stop = async () => {
    client.destroy();
    await child.stop();
  };
  const { pid } = child;
  return { name: 'minio', label: 'MinIO', origin, pid, roots: [pid], api: apiOf(client), stop };
}
