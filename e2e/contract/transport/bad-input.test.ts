import path from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { ROOT } from '#lib/root.ts';
import { detail, downloadPath, freshName, listedNames, pushed, removeAll } from '../artifacts.ts';
import { bodies } from '../bad-input/bodies.ts';
import { cutUploads } from '../bad-input/cut-uploads.ts';
import { renderTable } from '../bad-input/document.ts';
import { lists } from '../bad-input/lists.ts';
import { malformedUploads } from '../bad-input/malformed-uploads.ts';
import { answerOf, type Scene, sentenceOf } from '../bad-input/row.ts';
import { texts } from '../bad-input/texts.ts';
import { wire } from '../bad-input/wire.ts';
import { type Reply, send } from '../client.ts';
import { newPerson } from '../people.ts';

const sections = [...cutUploads, ...malformedUploads, ...texts, ...lists, ...bodies, ...wire];
const BYTES = 'what was there';
/** No row may take longer: a connection that hangs is a failure. */
const ROW_TIMEOUT_MS = 30_000;
/** Where code stands, and what a stack looks like. */
const TELLS_TOO_MUCH = /node_modules|\.ts:\d|\n\s+at \S|\/(home|root|srv|tmp|usr|var|work)\//;

const alice = await newPerson('alice');
const kept = await pushed(alice, { name: freshName('kept'), metaData: '{"a": 1.50}' }, BYTES);
const scene: Scene = { who: alice, kept: { ...kept, name: String(kept.name) } };
const sentences = new Map<string, string>();
const database = new pg.Client({ connectionString: inject('station').databaseUrl });
await database.connect();
afterAll(async () => {
  await database.end();
  await removeAll(alice);
});

/** Pushes of alice's that are neither done nor taken back. */
async function openPushes(): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM blob b JOIN namespace n ON n.id = b.namespace_id
     WHERE n.slug = $1 AND b.state = 'provisional'`,
    [alice.name],
  );
  return rows[0]?.count ?? 0;
}

function expectHarmless(reply: Reply | null): void {
  if (reply === null) return;
  expect(reply.status).toBeLessThan(500);
  expect(reply.bytes.toString()).not.toMatch(TELLS_TOO_MUCH);
}

/** The artifact of before is pulled to the byte, and nothing is beside it. */
async function expectUnharmed(): Promise<void> {
  await expect.poll(openPushes, { timeout: ROW_TIMEOUT_MS, interval: 20 }).toBe(0);
  expect(await detail(alice, { id: kept._id })).toEqual(kept);
  expect(await listedNames(alice)).toEqual([kept.name]);
  const pulled = await send({ path: await downloadPath(alice, { id: kept._id }) });
  expect(pulled.bytes.toString()).toBe(BYTES);
  expect((await send({ path: '/ping' })).status).toBe(200);
}

describe.each(sections)('$title', ({ title, rows }) => {
  test.each(rows)(
    '$sent: $answer',
    async (row) => {
      const reply = await row.send(scene);
      expectHarmless(reply);
      expect(answerOf(reply), sentenceOf(reply)).toBe(row.answer);
      sentences.set(`${title}: ${row.sent}`, sentenceOf(reply));
      await expectUnharmed();
    },
    ROW_TIMEOUT_MS,
  );
});

test('docs/bad-input.md shows every row with its answer', async () => {
  const document = renderTable(sections, sentences);
  await expect(document).toMatchFileSnapshot(path.join(ROOT, 'docs/bad-input.md'));
});
