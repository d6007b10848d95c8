import { derivedKey } from '#lib/auth/auth-secret.ts';
import { SECOND_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { eventsAuthorization } from '#lib/registry/events-secret.ts';
import { ISSUER, SERVICE } from '#lib/registry/token.ts';

/** How long a registry that is told to stop goes on with the requests that it has begun. */
export const DRAIN_MS = 25 * SECOND_MS;

/** Maps, lists of maps, and what JSON writes as YAML does. */
type Yaml = string | number | boolean | { [key: string]: Yaml } | Yaml[];

function toYaml(value: { [key: string]: Yaml }, indent = ''): string {
  const lines = Object.entries(value).map(([key, one]) => {
    const isMap = typeof one === 'object' && !Array.isArray(one) && Object.keys(one).length > 0;
    return isMap
      ? `${indent}${key}:\n${toYaml(one, `${indent}  `)}`
      : `${indent}${key}: ${JSON.stringify(one)}\n`;
  });
  return lines.join('');
}

/** Where the layers lie: a folder, or beside our blobs in the bucket, under a prefix that they never have. */
function storage(folder: string): { [key: string]: Yaml } {
  const settings = env();
  if (settings.BLOB_STORE === 'disk') return { filesystem: { rootdirectory: folder } };
  const { S3_BUCKET = '', S3_REGION, S3_ENDPOINT, S3_PUBLIC_ENDPOINT } = settings;
  const { AWS_ACCESS_KEY_ID: accesskey, AWS_SECRET_ACCESS_KEY: secretkey } = settings;
  const place: { [key: string]: Yaml } = { region: S3_REGION, bucket: S3_BUCKET, rootdirectory: '/registry' };
  if (S3_ENDPOINT)
    Object.assign(place, { regionendpoint: S3_ENDPOINT, secure: S3_ENDPOINT.startsWith('https:') });
  if (accesskey && secretkey) Object.assign(place, { accesskey, secretkey });
  // It redirects to the endpoint alone, so where clients have another one it must pass the bytes on itself.
  const isReachable = S3_PUBLIC_ENDPOINT === undefined || S3_PUBLIC_ENDPOINT === S3_ENDPOINT;
  return { s3: place, redirect: { disable: !isReachable } };
}

/** Where engines get their tokens. @param clientUrl where they reach this server. */
export function tokenRealm(clientUrl: string): string {
  return `${clientUrl}/registry/token`;
}

interface ConfigOptions {
  /** Where it listens. */
  address: string;
  /** The folder of the layers, with BLOB_STORE=disk. */
  folder: string;
  /** The file with the certificates that it trusts. */
  bundle: string;
  /** Where engines get their tokens. */
  realm: string;
  /** Where the registry reaches this server, for notifications. */
  serverUrl: string;
}

/**
 * The configuration of a CNCF distribution registry, 2.8 or 3, as YAML. Without a cache of blobs in its memory: with one,
 * an image that is pushed again after a collection is lost until the next start.
 */
export function registryConfig({ address, folder, bundle, realm, serverUrl }: ConfigOptions): string {
  return toYaml({
    version: 0.1,
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { ...storage(folder), delete: { enabled: true } },
    http: {
      addr: address,
      secret: derivedKey('registry uploads').toString('hex'),
      relativeurls: true,
      draintimeout: `${DRAIN_MS / SECOND_MS}s`,
    },
    auth: {
      token: {
        realm,
        service: SERVICE,
        issuer: ISSUER,
        rootcertbundle: bundle,
      },
    },
    notifications: {
      endpoints: [
        {
          name: 'groundstation',
          url: `${serverUrl}/registry/events`,
          headers: { Authorization: [eventsAuthorization()] },
          timeout: '5s',
          threshold: 3,
          backoff: '5s',
          ignoredmediatypes: ['application/octet-stream'],
        },
      ],
    },
  });
}
