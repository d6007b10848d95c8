import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { makeDatabase, withClient } from '../database.ts';
import { digestOf } from '../load/payload.ts';
import type { Step } from '../load/plan.ts';
import { META_DATA, uploadStep } from '../multipart.ts';
import { SCHEMA, tokenHash } from '../references/books.ts';
import type { Api, Server } from '../server.ts';
import { startReference } from './child.ts';
import { LISTED } from './groundstation.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../references/main.ts');
const PUSHER = 'a-token-of-somebody-who-pushes';
const LISTER = 'a-token-of-somebody-who-lists';

/** A database of the reference's own, on the same Postgres, with as much in it. */
async function fillDatabase(groundstationUrl: string): Promise<string> {
  const url = await makeDatabase(groundstationUrl, 'bare');
  await withClient(url, async (client) => {
    await client.query(SCHEMA);
    await client.query(`INSERT INTO token VALUES ($1, 'u1', 'bench'), ($2, 'u2', 'lister')`, [
      tokenHash(PUSHER),
      tokenHash(LISTER),
    ]);
    await client.query(
      `INSERT INTO item SELECT substr(md5(i::text), 1, 24), 'u2', 'artifact-' || i, 1, sha256(i::text::bytea), $1,
         now() - i * interval '1 second' FROM generate_series(0, $2::int - 1) i`,
      [META_DATA, LISTED],
    );
    await client.query('VACUUM ANALYZE');
  });
  return url;
}

function apiOf(origin: string, lister: string): Api {
  const get = (target: string, token: string, more: Partial<Step> = {}): Step => {
    return { verb: 'GET', path: target, headers: { authorization: `token ${token}` }, status: 200, ...more };
  };
  return {
    push: async (name, sizeBytes) => [
      { ...uploadStep('/push', PUSHER, name, sizeBytes), contains: digestOf(name, sizeBytes) },
    ],
    pull: async (name, sizeBytes) => [
      get(`/link?${name}`, PUSHER, { next: 'download' }),
      { verb: 'GET', path: '{next}', headers: {}, status: 200, lengthBytes: sizeBytes },
    ],
    whoami: async () => [get('/whoami', PUSHER, { contains: 'bench' })],
    stat: async (name) => [get(`/stat?${name}`, PUSHER, { contains: name })],
    list: async () => [get('/list', lister, { contains: 'artifact-0' })],
    async remove(names) {
      const headers = { authorization: `token ${PUSHER}` };
      for (const name of names) await fetch(`${origin}/remove?${name}`, { headers });
    },
  };
}

/** @param databaseUrl null keeps the books in memory. */
async function start(parent: string, databaseUrl: string | null, postmaster: number): Promise<Server> {
  const name = databaseUrl ? 'bare' : 'bare-memory';
  const folder = path.join(parent, name);
  await mkdir(folder);
  const child = await startReference(PROGRAM, [folder, PUSHER, ...(databaseUrl ? [databaseUrl] : [])]);
  const { origin, pid, stop } = child;
  const label = databaseUrl ? 'bare node:http' : 'bare node:http without a database';
  const api = apiOf(origin, databaseUrl ? LISTER : PUSHER);
  return { name, label, origin, pid, roots: databaseUrl ? [pid, postmaster] : [pid], api, stop };
}

/** The reference with its own database on the Postgres of `groundstationUrl`, and the one without. */
export async function startBare(
  folder: string,
  groundstationUrl: string,
  postmaster: number,
): Promise<Server[]> {
  const url = await fillDatabase(groundstationUrl);
  return [await start(folder, url, postmaster), await start(folder, null, postmaster)];
}
