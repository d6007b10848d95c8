import type pg from 'pg';
import { migrate } from '#lib/db/migrate.ts';
import { addUser } from '#lib/testing/admin.ts';
import { seedArtifacts } from '#lib/testing/seed-artifacts.ts';
import { makeDatabase, withClient } from './database.ts';

const OWNER = 'large';
export const LARGE_COUNT = 100_000;
export const USUAL_COUNT = 10_000;
/** So many more that there are a million artifacts. */
const OTHERS = 89;
const META_DATA = '{"branding":null,"kind":"k#10","n":#}';

/** A database with a million artifacts. */
export interface Million {
  url: string;
  dataDir: string;
  /** The user who owns the large namespace; their password is that of the tests' users. */
  owner: string;
  /** The namespace with a hundred thousand of them, and a usual one to stand beside it. */
  largeId: string;
  usualId: string;
}

/** Two connections at once, each taking the next namespace. */
async function seed(url: string, spaces: { id: string; count: number }[]): Promise<void> {
  const left = [...spaces];
  const fill = (client: pg.Client) => async () => {
    for (let space = left.shift(); space; space = left.shift())
      await seedArtifacts(client, { namespaceId: space.id, count: space.count, metaData: META_DATA });
  };
  await withClient(url, (one) => withClient(url, (other) => Promise.all([fill(one)(), fill(other)()])));
}

/**
 * Makes the million.
 * @param serverUrl of a Postgres on which a database of its own can be made.
 * @param dataDir for the secrets of whoever serves it; there are no bytes.
 */
export async function makeMillion(
  serverUrl: string,
  dataDir: string,
  tell: (line: string) => void,
): Promise<Million> {
  const url = await makeDatabase(serverUrl, 'million');
  await migrate(url);
  await addUser({ DATABASE_URL: url, DATA_DIR: dataDir }, OWNER);
  tell('a million artifacts are made, which takes a minute or two');
  const others = ['usual', ...Array.from({ length: OTHERS }, (_, number) => `other${number}`)];
  const largeId = await withClient(url, async (client) => {
    await client.query(
      'INSERT INTO namespace (id, slug, quota_bytes) SELECT id, id, 1 FROM unnest($1::text[]) AS id',
      [others],
    );
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM namespace WHERE slug = $1`, [OWNER]);
    return rows[0]?.id ?? '';
  });
  await seed(url, [{ id: largeId, count: LARGE_COUNT }, ...others.map((id) => ({ id, count: USUAL_COUNT }))]);
  await withClient(url, (client) => client.query('VACUUM ANALYZE'));
  return { url, dataDir, owner: OWNER, largeId, usualId: 'usual' };
}
