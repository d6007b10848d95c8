import path from 'node:path';
import { purgeTrash } from '#lib/artifacts/purge.ts';
import { TRASH_DAYS } from '#lib/artifacts/trash.ts';
import { DAY_MS, HOUR_MS } from '#lib/clock.ts';
import { closePools } from '#lib/db/pool.ts';
import { runHousekeeping } from '#lib/housekeeping/run.ts';
import { newRequestId } from '#lib/ids.ts';
import { readPidFile } from '#lib/postgres/postmaster.ts';
import { addUser } from '#lib/testing/admin.ts';
import { seedArtifacts } from '#lib/testing/seed-artifacts.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { withClient } from '../database.ts';
import { digestOf } from '../load/payload.ts';
import type { Step } from '../load/plan.ts';
import { META_DATA, uploadStep } from '../multipart.ts';
import type { Api, Server } from '../server.ts';

/** What a list of a hundred is taken from. */
export const LISTED = 10_000;
/** More than all rounds bring. */
const QUOTA_BYTES = String(10 ** 13);

/** A Groundstation and what is put into it before anything is measured. */
export interface Station {
  server: TestServer;
  /** Of a user who pushes and pulls, and of one who has ten thousand artifacts. */
  token: string;
  listerToken: string;
  postmaster: number;
}

/** The process of the Postgres of a data folder. */
export function postmasterPid(dataDir: string): number {
  const running = readPidFile(path.join(dataDir, 'postgres'));
  if (!running) throw new Error(`no Postgres runs in ${dataDir}`);
  return running.pid;
}

function seedList(databaseUrl: string): Promise<void> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM namespace WHERE slug = 'lister'`);
    await seedArtifacts(client, { namespaceId: rows[0]?.id ?? '', count: LISTED, metaData: META_DATA });
    await client.query('VACUUM ANALYZE');
  });
}

function rpc(method: string, token: string, more: Partial<Step> = {}): Step {
  return {
    verb: 'GET',
    path: `/v2/rpc/${method}`,
    headers: { authorization: `token ${token}` },
    status: 200,
    ...more,
  };
}

function post(method: string, token: string, input: object): Step {
  const headers = { authorization: `token ${token}`, 'content-type': 'application/json' };
  const payload = { before: JSON.stringify(input), sizeBytes: 0, after: '', isChunked: false };
  return rpc(method, token, { verb: 'POST', headers, payload });
}

function listStep(token: string, sort: object): Step {
  const input = { filter: { type: 'documentArray' }, sort, pageIndex: 1, pageSize: 100 };
  return { ...post('artifact.list', token, input), contains: 'artifact-0' };
}

/** Of everybody, as if its days were over. */
async function emptyTrash(): Promise<void> {
  const clock = { now: () => new Date(Date.now() + TRASH_DAYS * DAY_MS + HOUR_MS) };
  const origin = { caller: null, address: null, client: 'bench', requestId: newRequestId() };
  while ((await purgeTrash(clock, origin)) > 0);
}

function apiOf({ token, listerToken, server }: Station): Api {
  return {
    push: async (name, sizeBytes) => [
      {
        ...uploadStep('/v2/rpc/artifact.upload', token, name, sizeBytes),
        contains: digestOf(name, sizeBytes),
      },
    ],
    pull: async (name, sizeBytes) => [
      rpc(`artifact.getDownloadUrl?name=${name}`, token, { next: 'download' }),
      { verb: 'GET', path: '{next}', headers: {}, status: 200, lengthBytes: sizeBytes },
    ],
    whoami: async () => [rpc('user.identity.whoami', token, { contains: 'bench' })],
    stat: async (name) => [rpc(`artifact.getDetail?name=${name}`, token, { contains: name })],
    list: async () => [listStep(listerToken, { createdAt: -1 })],
    listByName: async () => [listStep(listerToken, { name: 1 })],
    async remove(names) {
      const { headers, path: target } = post('artifact.deleteMany', token, {});
      const response = await fetch(server.url + target, {
        method: 'POST',
        headers,
        body: JSON.stringify({ names }),
      });
      if (!response.ok) throw new Error(`deleteMany was answered with ${response.status}`);
      // The server's own housekeeping would wait for the trash, and for links to the bytes, which are over by then.
      await emptyTrash();
      const clock = { now: () => new Date(Date.now() + HOUR_MS) };
      while ((await runHousekeeping(clock)) === null);
    },
  };
}

/** A Groundstation as `npm start` runs it, on a data folder of its own. */
export async function startGroundstation(): Promise<{ server: Server; station: Station }> {
  const server = await startTestServer({ LOG_LEVEL: 'info', TRUST_PROXY: '127.0.0.1' });
  const { url, databaseUrl, dataDir, pid } = server;
  // For the modules that this program shares with the server.
  Object.assign(process.env, { DATABASE_URL: databaseUrl, DATA_DIR: dataDir });
  const token = await addUser({ DATA_DIR: dataDir, QUOTA_BYTES }, 'bench');
  const listerToken = await addUser({ DATA_DIR: dataDir }, 'lister');
  await seedList(databaseUrl);
  const postmaster = postmasterPid(dataDir);
  const station = { server, token, listerToken, postmaster };
  const stop = async () => {
    await closePools();
    await server.stop();
  };
  const label = 'Groundstation';
  const roots = [pid, postmaster];
  return {
    server: { name: 'groundstation', label, origin: url, pid, roots, api: apiOf(station), stop },
    station,
  };
}

/** A second one on the same data that sends every request through Next. Needs a build. */
export async function startAppRouter({ token, listerToken, postmaster, server }: Station): Promise<Server> {
  const { databaseUrl, dataDir } = server;
  const second = await startTestServer({
    FAST_LANE: 'off',
    ROLE: 'web',
    LOG_LEVEL: 'info',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
  });
  const { url: origin, pid } = second;
  const api = apiOf({ token, listerToken, postmaster, server: second });
  const roots = [pid, postmaster];
  return {
    name: 'app-router',
    label: 'through the App Router',
    origin,
    pid,
    roots,
    api,
    stop: () => second.stop(),
  };
}
