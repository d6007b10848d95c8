import type { Page } from '@playwright/test';
import type pg from 'pg';
import { insertImageRow } from '#lib/testing/executors.ts';
import { newSigner, signedPayload } from '#lib/testing/signatures.ts';
import { call, type Person } from '../../e2e/web/support/api.ts';
import { addCommit, addTask, makeExecutor } from '../../e2e/web/support/executors.ts';
import { keepSignature } from '../../e2e/web/support/signed.ts';
import type { Cast } from './seed.ts';
import type { Shot } from './shots.ts';

/** What a failed push tells, and one that runs. */
const FAILED = [
  { type: 'start', subject: 'extractZip' },
  { type: 'done', subject: 'extractZip' },
  { type: 'start', subject: 'normalize' },
  { type: 'console', subject: 'normalize', payload: 'Reading config.yml' },
  { type: 'console', subject: 'normalize', payload: 'Reading executor.py' },
  { type: 'error', subject: 'normalize', message: 'No class in executor.py is called CLIPTextEncoder.' },
];

const log = (payload: string) => ({ type: 'console', subject: 'buildWorkspace', payload });

/** What a build tells that fails in its second step. */
const BUILD = [
  { type: 'start', subject: 'extractZip' },
  { type: 'done', subject: 'extractZip' },
  { type: 'start', subject: 'normalize' },
  { type: 'console', subject: 'normalize', payload: 'Reading config.yml' },
  { type: 'done', subject: 'normalize' },
  { type: 'start', subject: 'buildWorkspace' },
  log('STEP 1/5: FROM jinaai/jina:3.25.0-py311-perf'),
  log('Getting image source signatures'),
  log('Writing manifest to image destination'),
  log('STEP 2/5: COPY . /executor_root/'),
  log('STEP 3/5: RUN pip install --default-timeout=1000 --compile -r requirements.txt'),
  log('Collecting transformers==4.46.3'),
  log('  Downloading transformers-4.46.3-py3-none-any.whl (10.0 MB)'),
  log('WARNING: Ignoring pillow 9.0.0: it was withdrawn by its authors'),
  log('Collecting torch==2.1.0'),
  log('ERROR: Could not find a version that satisfies the requirement torch==2.1.0'),
  log('ERROR: No matching distribution found for torch==2.1.0'),
];

const SAMPLES = [
  { name: 'CLIPTextEncoder', pulls: 8412, visibility: 'public', tags: ['latest', 'v0.4.1', 'v0.4.0', 'gpu'] },
  { name: 'BirdCallClassifier', pulls: 37, visibility: 'private', tags: ['latest', 'gpu', 'v1'] },
  { name: 'StreetSignDetector', pulls: 214, visibility: 'private', tags: ['latest', 'v1.2'] },
  { name: 'SentenceJoiner', pulls: 3, visibility: 'private', tags: ['latest'] },
  { name: 'CLIPImageEncoder', pulls: 7960, visibility: 'public', tags: ['latest', 'v0.4.0'] },
] as const;

const PACKAGES: [name: string, version: string][] = [
  ['apt', '2.6.1'],
  ['bash', '5.2.15-2'],
  ['docarray', '0.21.0'],
  ['jina', '3.25.0'],
  ['numpy', '1.26.4'],
  ['torch', '2.5.1'],
  ['transformers', '4.46.3'],
];

const HUB = [
  [
    'HNSWPostgresIndexer',
    'Keeps vectors in memory for fast search, and everything in Postgres for safety.',
    5127,
  ],
  ['Sentencizer', 'Splits long texts into sentences, each a chunk of its document.', 3344],
  ['ImageNormalizer', 'Resizes, crops and normalises images to what a model expects.', 2911],
  ['WhisperTranscriber', 'Speech to text in 40 languages, with the time of each word.', 2480],
  ['PDFSegmenter', 'Takes text and pictures out of PDF files, page by page, in reading order.', 1958],
  ['CrossEncoderRanker', 'Orders matches again with a cross-encoder. Slow and precise.', 1306],
  ['MelSpectrogram', 'Turns sound into mel spectrograms that vision models can read.', 402],
  ['PrometheusGateway', 'Counts requests and times them, for each endpoint.', 377],
] as const;

/** Signs the one image that the Executor has so far. */
async function addSignature(client: pg.Client, mira: Person, id: string): Promise<void> {
  const signer = newSigner();
  await call('signingKey.add', { name: 'release 2026', pem: signer.pem }, mira.session);
  const { rows } = await client.query('SELECT digest FROM executor_image WHERE executor_id = $1', [id]);
  const [{ digest }] = rows;
  const payload = signedPayload('', digest);
  const signed = { id, digest, signer, payload, signature: signer.sign(payload) };
  await keepSignature(client, signed, 'release 2026');
}

async function addMiras(client: pg.Client, mira: Person): Promise<void> {
  for (const [index, { name, pulls, visibility, tags }] of SAMPLES.entries()) {
    const description = 'Embeds text with CLIP, so that it can be matched with images. Runs on CPU and GPU.';
    const { id, commitId } = await makeExecutor(client, mira, {
      name,
      visibility,
      description,
      keywords: ['text', 'embedding', 'clip', 'search'],
      tags: tags.map((tag) => ({ name: tag, isProtected: tag.startsWith('v') })),
    });
    await client.query(
      `UPDATE executor SET pulls = $2, updated_at = now() - $3 * interval '7 hours' WHERE id = $1`,
      [id, pulls, index],
    );
    const taskId = await addTask(client, mira, { executorId: id, name, state: 'succeeded' });
    const sizes = [48_911_360, 1_791_084_199 - index * 210_000_000, 31_812, 4_096];
    if (index < 3)
      await insertImageRow(client, { executorId: id, commitId, taskId, sizes, packages: PACKAGES });
    if (name === 'CLIPTextEncoder') {
      await addSignature(client, mira, id);
      await insertImageRow(client, {
        executorId: id,
        commitId,
        taskId,
        rebuiltFor: '3.20.0',
        packages: null,
      });
      await addCommit(client, mira, id);
      const failure =
        'No class in executor.py is called CLIPTextEncoder. Set jtype in config.yml, and push again.';
      await addTask(client, mira, { executorId: id, name, state: 'failed', failure, events: FAILED });
      await client.query(
        `INSERT INTO executor_pull (executor_id, commit_number, client, at, is_counted)
         SELECT $1, 1, 'jina/3.25.0', now() - i * interval '5 hours', true FROM generate_series(0, 300) AS i`,
        [id],
      );
    }
  }
  await addTask(client, mira, {
    ...{ executorId: null, name: 'PDFLayoutSegmenter', state: 'running' },
    events: [{ type: 'start', subject: 'normalize' }],
  });
}

/** Executors of Mira's, and public ones of somebody else. */
export async function addExecutors(client: pg.Client, { mira, hoarder }: Cast): Promise<void> {
  await addMiras(client, mira);
  for (const [index, [name, description, pulls]] of HUB.entries()) {
    const keywords = ['search', index % 2 ? 'text' : 'image', ...(index % 3 ? [] : ['indexer'])];
    const { id } = await makeExecutor(client, hoarder, { name, description, keywords, visibility: 'public' });
    await client.query('UPDATE executor SET pulls = $2 WHERE id = $1', [id, pulls]);
  }
  const { id } = await makeExecutor(client, mira, { name: 'OldEncoder' });
  await client.query(
    `UPDATE executor SET deleted_at = now() - interval '2 days', deleted_client = 'Mozilla/5.0' WHERE id = $1`,
    [id],
  );
}

const clip = ({ mira }: Cast) => `/executors/${mira.name}/CLIPTextEncoder`;

/** A log as the server streams it, for a page of which nothing is recorded, until `text` of it is seen. */
async function streamLog(page: Page, events: object[], text: string): Promise<void> {
  const lines = events.map((event, index) => ({
    type: 'progress',
    data: { sn: index + 1, dt: 400 * (index + 1), data: event },
  }));
  const body = [...lines, { type: 'report', status: 'failed', error: { message: 'failed' } }];
  await page.route('**/executor.queryProgress', (route) =>
    route.fulfill({
      contentType: 'application/x-ndjson',
      body: body.map((line) => JSON.stringify(line)).join('\n'),
    }),
  );
  await page.reload();
  await page.getByText(text).first().waitFor();
}

const withLog = (page: Page) => streamLog(page, FAILED, 'Reading config.yml');
const withBuild = (page: Page) => streamLog(page, BUILD, 'Collecting torch');

async function unfoldImage(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Signatures/ })
    .first()
    .click();
  await page
    .getByRole('button', { name: /^Layers/ })
    .first()
    .click();
  await page
    .getByRole('button', { name: /^Packages/ })
    .first()
    .click();
  await page.getByText('transformers').waitFor();
}

async function openDocker(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Docker' }).click();
}

async function openRowMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More for CLIPTextEncoder' }).click();
  await page.getByRole('menu').waitFor();
}

async function askForTag(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New tag' }).click();
  await page.getByRole('dialog').waitFor();
}

export const executorShots: Shot[] = [
  { name: 'executors', as: 'mira', path: () => '/executors' },
  { name: 'executors-menu', as: 'mira', path: () => '/executors', prepare: openRowMenu, isScreenOnly: true },
  { name: 'executors-empty', as: 'newcomer', path: () => '/executors' },
  { name: 'executors-no-match', as: 'mira', path: () => '/executors?search=nothing+like+it&access=public' },
  { name: 'executors-trash', as: 'mira', path: () => '/executors/trash' },
  { name: 'executor', as: 'mira', path: (cast) => clip(cast) },
  { name: 'executor-guest', path: (cast) => clip(cast) },
  { name: 'executor-absent', as: 'newcomer', path: ({ mira }) => `/executors/${mira.name}/absent` },
  ...['arguments', 'endpoints', 'dependencies', 'tags', 'files', 'pulls', 'settings'].map((tab) => ({
    name: `executor-${tab}`,
    as: 'mira' as const,
    path: (cast: Cast) => `${clip(cast)}?tab=${tab}&tag=v0.4.1`,
  })),
  {
    name: 'executor-tag-new',
    as: 'mira',
    path: (cast) => `${clip(cast)}?tab=tags`,
    prepare: askForTag,
    isScreenOnly: true,
  },
  { name: 'executor-pushes', as: 'mira', path: (cast) => `${clip(cast)}?tab=pushes`, prepare: withLog },
  { name: 'executor-build', as: 'mira', path: (cast) => `${clip(cast)}?tab=pushes`, prepare: withBuild },
  { name: 'executor-images', as: 'mira', path: (cast) => `${clip(cast)}?tab=images`, prepare: unfoldImage },
  { name: 'executor-docker', path: (cast) => clip(cast), prepare: openDocker },
  { name: 'hub', path: () => '/hub' },
  { name: 'hub-signed-in', as: 'mira', path: () => '/hub?sort=recent' },
  { name: 'hub-loose', path: () => '/hub?search=imagge+normaliser' },
  { name: 'hub-no-match', path: () => '/hub?search=zzzzqqqq&keyword=text' },
];
