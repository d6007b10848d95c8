import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { actAsBuilder, SLOW_PREFIX } from './builder.ts';
import { query } from './database.ts';
import { expiredToken, type SdkUser, setQuota, signUp } from './people.ts';
import { startS3 } from './s3.ts';

const MAX_UPLOAD_BYTES = 16_000_000;
/** So soon a server sends a space to a client that waits for a line; many times in a slow push. */
const STREAM_SILENCE_MS = 200;
/** What carol may store; the others have the server's default. */
const CAROL_QUOTA_BYTES = 2_000_000;

/** The servers that the clients are tested with. */
export interface Station {
  /** What support/station.py reads: the servers, and users whom no other environment has. */
  variables(): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

function userVariables(key: string, user: SdkUser): Record<string, string> {
  return { [`GS_${key}`]: user.name, [`GS_${key}_TOKEN`]: user.token, [`GS_${key}_PASSWORD`]: user.password };
}

async function variables(
  { url, databaseUrl, dataDir }: TestServer,
  open: TestServer,
): Promise<Record<string, string>> {
  // All environments call from one address, and each may do what one address may.
  for (const server of [databaseUrl, open.databaseUrl]) await query(server, 'DELETE FROM rate_limit');
  const alice = await signUp(url, 'alice');
  const bob = await signUp(url, 'bob');
  const carol = await signUp(url, 'carol');
  await setQuota(databaseUrl, carol, CAROL_QUOTA_BYTES);
  return {
    GS_URL: url,
    GS_DATA_DIR: dataDir,
    GS_NODE: process.execPath,
    ...userVariables('ALICE', alice),
    ...userVariables('BOB', bob),
    ...userVariables('CAROL', carol),
    GS_CAROL_QUOTA_BYTES: String(CAROL_QUOTA_BYTES),
    GS_MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES),
    GS_SLOW_PREFIX: SLOW_PREFIX,
    GS_EXPIRED_TOKEN: await expiredToken(url, databaseUrl, alice),
    GS_OPEN_URL: open.url,
    GS_OPEN_DATA_DIR: open.dataDir,
    ...userVariables('DORA', await signUp(open.url, 'dora')),
  };
}

async function startServer(settings: Record<string, string>): Promise<TestServer> {
  const limits = {
    MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES),
    STREAM_SILENCE_MS: String(STREAM_SILENCE_MS),
    TRUST_PROXY: '127.0.0.1',
  };
  const server = await startTestServer({ ...limits, ...settings });
  await actAsBuilder(server.databaseUrl);
  await signUp(server.url, 'root', await server.setupCode());
  return server;
}

/**
 * Starts a server as people have it, and one with `ANONYMOUS_PUSH=on` for the clients that cannot log in.
 * @param onS3 keeps the bytes of the first in a real S3, which then gives them to the clients.
 */
export async function startStation(onS3: boolean): Promise<Station> {
  // Each is stopped in the reverse order, also when a later one does not start.
  const started: { stop: () => Promise<void> }[] = [];
  const stop = async () => {
    for (const one of started.splice(0).reverse()) await one.stop();
  };
  try {
    const s3 = onS3 ? await startS3() : null;
    if (s3) started.push(s3);
    const server = await startServer(s3?.settings ?? {});
    started.push(server);
    const open = await startServer({ ANONYMOUS_PUSH: 'on' });
    started.push(open);
    return { variables: () => variables(server, open), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
