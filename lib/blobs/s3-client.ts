import type { S3 } from '@aws-sdk/client-s3';
import { MINUTE_MS, SECOND_MS } from '#lib/clock.ts';

/** Which S3 this is, and where a bucket is in it. Keys come from where the SDK looks for them, the environment first. */
export interface S3Place {
  bucket: string;
  region: string;
  /** None for Amazon's own. */
  endpoint: string | undefined;
  /** What clients reach it by: null when they cannot, undefined when it is the endpoint. */
  publicEndpoint: string | null | undefined;
}

/** Tries of one request. */
const ATTEMPTS = 3;
const CONNECT_TIMEOUT_MS = 3 * SECOND_MS;
/**
 * What the store gets of the time that a client's connection may be silent. While we wait for the store the client
 * waits for us: one request and two removals must end before it is taken for dead, or it never sees our sentence.
 * Where the store is slow, there is one setting to raise.
 */
const IDLE_PART = 1 / 3;
const REQUEST_PART = 2 / 3;
const DELETE_PART = 1 / 20;
/** Parts under way, and downloads that pass through us. */
const MAX_CONNECTIONS = 500;

/** How long we wait for a store, in milliseconds. */
export interface S3Patience {
  /** For the next byte of one try. */
  idleMs: number;
  /** For an answer, over all tries. */
  requestMs: number;
  /** For a removal: what is not removed by then is left to the sweep. */
  deleteMs: number;
}

/** The patience with a store, by how long a connection of a client may be silent, in milliseconds. */
export function patienceFor(clientIdleMs: number): S3Patience {
  const part = (share: number) => Math.ceil(clientIdleMs * share);
  return { idleMs: part(IDLE_PART), requestMs: part(REQUEST_PART), deleteMs: part(DELETE_PART) };
}

/** A client of the SDK, which is loaded only now: it costs 36 MB that a server with a disk need not spend. */
export async function connectS3(
  region: string,
  endpoint: string | undefined,
  { idleMs }: S3Patience = patienceFor(MINUTE_MS),
): Promise<S3> {
  const { S3 } = await import('@aws-sdk/client-s3');
  const connections = { keepAlive: true, maxSockets: MAX_CONNECTIONS };
  return new S3({
    region,
    endpoint,
    // Other stores than Amazon's seldom have a host name for each bucket.
    forcePathStyle: endpoint !== undefined,
    maxAttempts: ATTEMPTS,
    retryMode: 'standard',
    // The SDK's newer checksums are refused by other stores; the SHA-256 in the signature guards the bytes anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // It would make a connection for each part, and wait on stores that do not know it.
    expectContinueHeader: false,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: idleMs,
      httpAgent: connections,
      httpsAgent: connections,
    },
  });
}
