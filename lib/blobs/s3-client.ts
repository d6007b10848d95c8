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
 * How long the store may be silent in one try, as a part of how long a client's connection may be: three tries and a
 * removal end before the client, which waits for us, is taken for dead. So it gets its sentence, and where the store
 * is slow there is one setting to raise.
 */
const IDLE_PART = 1 / 5;
/** Parts under way, and downloads that pass through us. */
const MAX_CONNECTIONS = 500;

/**
 * A client of the SDK, which is loaded only now: it costs 36 MB that a server with a disk need not spend.
 * @param clientIdleMs how long a connection of a client may be silent.
 */
export async function connectS3(
  region: string,
  endpoint: string | undefined,
  clientIdleMs = MINUTE_MS,
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
      // From six seconds on the SDK begins to count three seconds late.
      socketTimeout: clientIdleMs * IDLE_PART,
      httpAgent: connections,
      httpsAgent: connections,
    },
  });
}
