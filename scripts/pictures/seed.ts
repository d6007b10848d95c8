import pg from 'pg';
import { PASSWORD } from '#lib/testing/admin.ts';
import { seedArtifacts } from '#lib/testing/seed-artifacts.ts';
import { call, newPerson, type Person, push } from '../../e2e/web/support/api.ts';
import { fillAdmin } from './admin.ts';
import { products } from './documents.ts';
import { addExecutors } from './executors.ts';
import { CLIENTS, SAMPLES, type Sample, TRASH } from './samples.ts';

const MB = 1_000_000;

function metaDataOf({ icon, documents }: Sample): object {
  return {
    ...(icon && { branding: { icon: icon[0], background: icon[1] } }),
    summary: [
      { name: 'Type', value: 'DocumentArrayInMemory', description: '' },
      { name: 'Length', value: documents, description: '' },
      { name: 'Homogenous Documents', value: true, description: '' },
      { name: 'Common Attributes', value: ['id', 'text', 'embedding', 'tags'], description: '' },
      { name: 'Multimodal dataclass', value: false, description: '' },
    ],
    version: {
      docarray: '0.21.0',
      python: '3.10.12',
      protobuf: '3.20.3',
      platform: 'Linux',
      architecture: 'x86_64',
    },
  };
}

/** Gives an artifact of a few bytes the size, the counts and the times of its sample. */
async function dress(client: pg.Client, id: string, sample: Sample): Promise<void> {
  const bytes = Math.round(sample.megabytes * MB);
  const { documents, hours, keepDays } = sample;
  await client.query(
    `UPDATE artifact SET size_bytes = $2, documents = $3, updated_at = now() - $4 * interval '1 hour',
       expires_at = now() + $5 * interval '1 day', keep_days = coalesce(ceil($5::float8)::int, 0), type = CASE WHEN $6 THEN 'model' ELSE type END WHERE id = $1`,
    [id, bytes, documents, hours, keepDays, sample.isOther === true],
  );
  await client.query('UPDATE artifact_version SET size_bytes = $2, documents = $3 WHERE artifact_id = $1', [
    id,
    bytes,
    documents,
  ]);
}

/** Pulls over ninety days, more of them of late, by several programs; the same ones each time. */
async function addPulls(client: pg.Client, id: string, pulls: number): Promise<void> {
  const shares = CLIENTS.flatMap(([name, share]) => Array.from({ length: share }, () => name));
  await client.query(
    `INSERT INTO download (artifact_id, version_number, client, at)
     SELECT $1, 1, ($3::text[])[1 + i % $4],
       now() - (88.0 * (i::float8 / $2) ^ 1.6 + ((i * 7919) % 100) / 100.0) * interval '1 day'
     FROM generate_series(0, $2 - 1) AS i`,
    [id, pulls, shares, shares.length],
  );
}

async function addTrash(client: pg.Client, person: Person): Promise<void> {
  for (const { name, client: program, ...sample } of TRASH) {
    const { _id } = await push(person, { name });
    await call('artifact.delete', { id: _id }, person.session);
    // Afterwards: nothing of that size is in the books.
    await dress(client, _id, { name, keepDays: 7, pulls: 0, ...sample });
    await client.query(
      `UPDATE artifact SET deleted_at = now() - $2 * interval '1 hour', deleted_client = $3::text,
         deletion = (CASE WHEN $3::text IS NULL THEN 'expiry' ELSE 'owner' END)::deletion_cause WHERE id = $1`,
      [_id, sample.hours, program],
    );
  }
}

const RECOUNT = `
  UPDATE namespace_usage u SET used_bytes = sums.bytes, current_bytes = sums.bytes FROM (
    SELECT namespace_id, sum(size_bytes) AS bytes FROM (
      SELECT namespace_id, size_bytes FROM artifact WHERE deleted_at IS NULL
      UNION ALL SELECT namespace_id, size_bytes FROM executor WHERE deleted_at IS NULL
    ) AS things GROUP BY 1
  ) AS sums WHERE sums.namespace_id = u.namespace_id`;

/** Tokens of all kinds: limited, used, about to end, and one that is being replaced. */
async function addTokens(client: pg.Client, { name: user, session }: Person): Promise<void> {
  const tokens = [
    { name: 'notebook', expirationDays: 30 },
    { name: 'ci', expirationDays: 365, namePattern: 'eval-*', scopes: ['artifact:read', 'artifact:write'] },
    { name: 'cluster', expirationDays: 5 },
  ];
  for (const token of tokens) await call('user.pat.create', token, session);
  await client.query(
    `UPDATE access_token t SET last_used_at = now() - interval '3 hours', last_used_address = '10.20.6.2',
       last_used_client = 'python-requests/2.32.3' FROM app_user u
     WHERE u.id = t.user_id AND u.name = $1 AND t.name IN ('ci', 'cluster')`,
    [user],
  );
  await call('user.pat.rotate', { name: 'ci', overlapMinutes: 10_080 }, session);
}

/** The people whose pages are shown. */
export interface Cast {
  /** Has some of everything. */
  mira: Person;
  /** Has nothing yet. */
  newcomer: Person;
  /** Has a page of 500. */
  hoarder: Person;
  /** Is signed out while she looks. */
  leaver: Person;
  /** The administrator. */
  operator: Person;
  /** Asked for the account to be deleted. */
  quitter: Person;
}

async function fill(client: pg.Client, cast: Cast): Promise<void> {
  const { mira, hoarder, quitter } = cast;
  await client.query(`UPDATE app_user SET display_name = 'Mira Okafor' WHERE name = $1`, [mira.name]);
  await addTrash(client, mira);
  for (const sample of SAMPLES) {
    const { name, isPublic, documents } = sample;
    const bytes = documents === null ? undefined : products(documents);
    const { _id } = await push(mira, { name, isPublic, bytes, metaData: metaDataOf(sample) });
    await dress(client, _id, sample);
    if (sample.pulls > 0) await addPulls(client, _id, sample.pulls);
  }
  await addTokens(client, mira);
  await call('user.identity.delete', { name: quitter.name, password: quitter.password }, quitter.session);
  const { rows } = await client.query('SELECT id FROM namespace WHERE slug = $1', [hoarder.name]);
  await seedArtifacts(client, { namespaceId: rows[0].id, count: 512, metaData: '{}' });
  await addExecutors(client, cast);
  await client.query(RECOUNT);
  await fillAdmin(client);
}

async function signInOperator(): Promise<Person> {
  const operator = { name: 'operator', password: PASSWORD };
  const { token } = await call<{ token: string }>('user.identity.passwordLogin', operator);
  return { ...operator, session: token };
}

/** Fills a server so that each page has something to show. */
export async function seed(databaseUrl: string): Promise<Cast> {
  const cast = {
    mira: await newPerson('mira'),
    newcomer: await newPerson('nils'),
    hoarder: await newPerson('hans'),
    leaver: await newPerson('lea'),
    operator: await signInOperator(),
    quitter: await newPerson('quinn'),
  };
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await fill(client, cast);
  } finally {
    await client.end();
  }
  return cast;
}
