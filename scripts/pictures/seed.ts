import pg from 'pg';
import { seedArtifacts } from '#lib/testing/seed-artifacts.ts';
import { call, newPerson, type Person, push } from '../../e2e/web/support/api.ts';

const MB = 1_000_000;

interface Sample {
  name: string;
  icon?: [emoji: string, background: string];
  isPublic?: boolean;
  /** Null: kept for ever. */
  keepDays: number | null;
  documents: number | null;
  megabytes: number;
  pulls: number;
  /** How long ago it was pushed. */
  hours: number;
  /** No DocumentArray. */
  isOther?: boolean;
}

const SAMPLES: Sample[] = [
  {
    name: 'amazon-berkeley-objects-dataset-encoded',
    icon: ['🛋️', '#f6d9a8'],
    isPublic: true,
    keepDays: null,
    documents: 5_809,
    megabytes: 100.7,
    pulls: 204,
    hours: 3,
  },
  {
    name: 'amazon-berkeley-objects-dataset',
    icon: ['🛋️', '#f6d9a8'],
    isPublic: true,
    keepDays: null,
    documents: 5_809,
    megabytes: 48.7,
    pulls: 871,
    hours: 3.2,
  },
  {
    name: 'bird-calls-mel-2026',
    icon: ['🐦', '#cfe3fa'],
    keepDays: 7,
    documents: 18_240,
    megabytes: 742.3,
    pulls: 37,
    hours: 5,
  },
  {
    name: 'arxiv-abstracts-q3',
    icon: ['📄', '#dedcf2'],
    keepDays: null,
    documents: 41_200,
    megabytes: 61.4,
    pulls: 112,
    hours: 26,
  },
  {
    name: 'street-signs-munich',
    icon: ['🚏', '#d3ecd6'],
    keepDays: 6,
    documents: 3_120,
    megabytes: 512.9,
    pulls: 64,
    hours: 30,
  },
  { name: 'scratch-2026-11-20', keepDays: 5, documents: 64, megabytes: 0.1, pulls: 1, hours: 50 },
  { name: 'Produkttexte (Entwurf 2)', keepDays: 4, documents: 3_310, megabytes: 4.2, pulls: 2, hours: 74 },
  {
    name: 'sentinel-2-tiles-alps',
    icon: ['🛰️', '#c3d0ec'],
    keepDays: 3,
    documents: 9_216,
    megabytes: 1_480,
    pulls: 21,
    hours: 98,
  },
  { name: 'experiments/run-0142/val', keepDays: 2, documents: 512, megabytes: 1.9, pulls: 0, hours: 122 },
  {
    name: 'lab-notebook-scans',
    icon: ['🔬', '#dbe6e8'],
    keepDays: 0.4,
    documents: 1_032,
    megabytes: 318.9,
    pulls: 8,
    hours: 168,
  },
  {
    name: 'voice-commands-de',
    icon: ['🎙️', '#f2d0d5'],
    isPublic: true,
    keepDays: null,
    documents: 2_750,
    megabytes: 204.8,
    pulls: 433,
    hours: 220,
  },
  {
    name: 'reranker-hard-negatives',
    icon: ['⚖️', '#e8dccb'],
    keepDays: 30,
    documents: 50_000,
    megabytes: 212.5,
    pulls: 118,
    hours: 340,
  },
  {
    name: 'weights-2026-10.pt',
    keepDays: null,
    documents: null,
    megabytes: 96.1,
    pulls: 5,
    hours: 700,
    isOther: true,
  },
  {
    name: 'fashion-mnist-clip',
    icon: ['👟', '#cfe9df'],
    isPublic: true,
    keepDays: null,
    documents: 70_000,
    megabytes: 143.9,
    pulls: 640,
    hours: 850,
  },
];

const TRASH = [
  {
    name: 'mnist-sample',
    documents: 2_000,
    megabytes: 9.4,
    hours: 0.3,
    client: 'Mozilla/5.0 (X11; Linux x86_64)',
  },
  { name: 'ablation-2026-11', documents: 8_192, megabytes: 88, hours: 27, client: 'python-requests/2.31.0' },
  { name: 'experiments/run-0139/val', documents: 512, megabytes: 1.9, hours: 160, client: null },
];

const CLIENTS = [
  ['python-requests/2.31.0', 6],
  ['Mozilla/5.0 (X11; Linux x86_64)', 2],
  ['aiohttp/3.9.5', 1],
  ['curl/8.5.0', 1],
] as const;

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
    SELECT namespace_id, sum(size_bytes) AS bytes FROM artifact WHERE deleted_at IS NULL GROUP BY 1
  ) AS sums WHERE sums.namespace_id = u.namespace_id`;

/** The people whose pages are shown. */
export interface Cast {
  /** Has some of everything. */
  mira: Person;
  /** Has nothing yet. */
  newcomer: Person;
  /** Has a page of 500. */
  hoarder: Person;
}

async function fill(client: pg.Client, { mira, hoarder }: Cast): Promise<void> {
  await client.query(`UPDATE app_user SET display_name = 'Mira Okafor' WHERE name = $1`, [mira.name]);
  await addTrash(client, mira);
  for (const sample of SAMPLES) {
    const { name, isPublic } = sample;
    const { _id } = await push(mira, { name, isPublic, metaData: metaDataOf(sample) });
    await dress(client, _id, sample);
    if (sample.pulls > 0) await addPulls(client, _id, sample.pulls);
  }
  for (const [name, expirationDays] of [
    ['notebook', 30],
    ['ci', 365],
    ['cluster', 7],
  ])
    await call('user.pat.create', { name, expirationDays }, mira.session);
  const { rows } = await client.query('SELECT id FROM namespace WHERE slug = $1', [hoarder.name]);
  await seedArtifacts(client, { namespaceId: rows[0].id, count: 512, metaData: '{}' });
  await client.query(RECOUNT);
}

/** Fills a server so that each page has something to show. */
export async function seed(databaseUrl: string): Promise<Cast> {
  const cast = {
    mira: await newPerson('mira'),
    newcomer: await newPerson('nils'),
    hoarder: await newPerson('hans'),
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
