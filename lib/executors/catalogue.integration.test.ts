import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '#lib/auth/caller.ts';
import { systemClock as clock, DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { countHub, listCatalogue, listHubKeywords } from '#lib/executors/catalogue.ts';
import type { CatalogueQuery } from '#lib/executors/catalogue-statement.ts';
import { foldHubTally } from '#lib/executors/fold-hub.ts';
import { countExecutorPulls, foldExecutorPulls } from '#lib/executors/fold-pulls.ts';
import { getExecutorPulls } from '#lib/executors/get-pulls.ts';
import { deleteExecutor } from '#lib/executors/remove.ts';
import { setExecutorVisibility } from '#lib/executors/set-visibility.ts';
import { makeUser, type TestUser } from '#lib/testing/domain.ts';
import { insertExecutor } from '#lib/testing/executors.ts';

let mira: TestUser;
let jon: TestUser;

async function make({ caller }: TestUser, name: string, options: object = {}): Promise<string> {
  const client = await pool().connect();
  try {
    const place = { namespaceId: caller.namespaceId, name, visibility: 'public' as const };
    return (await insertExecutor(client, { ...place, ...options })).id;
  } finally {
    client.release();
  }
}

beforeEach(async () => {
  await pool().query('TRUNCATE app_user, namespace, hub_tally CASCADE');
  [mira, jon] = [await makeUser(), await makeUser()];
});

async function found(query: Partial<CatalogueQuery>): Promise<string[]> {
  const { items, total } = await listCatalogue({
    caller: null,
    search: null,
    author: null,
    keywords: [],
    withAnonymous: true,
    sort: { field: 'name', direction: 1 },
    pageIndex: 1,
    pageSize: 50,
    ...query,
  });
  expect(total).toBe(items.length);
  return items.map(({ name }) => name);
}

describe('the catalogue', () => {
  it('finds words, parts of words and typing errors', async () => {
    const description = 'Embeds sentences, so that they can be matched.';
    await make(mira, 'CLIPTextEncoder', { description, keywords: ['embedding', 'nlp'] });
    await make(jon, 'BirdCall', { readme: '# Ornithology\nListens to larks.', keywords: ['audio'] });
    await make(jon, 'Hidden', { description, visibility: 'private' });
    const search = (text: string) => found({ search: text });
    expect(await search('encoder')).toEqual(['CLIPTextEncoder']);
    expect(await search('clip text')).toEqual(['CLIPTextEncoder']);
    expect(await search('embed sentence')).toEqual(['CLIPTextEncoder']);
    expect(await search('lark')).toEqual(['BirdCall']);
    expect(await search('PTextEnc')).toEqual(['CLIPTextEncoder']);
    expect(await search('embeding')).toEqual(['CLIPTextEncoder']);
    expect(await search('sentenses')).toEqual(['CLIPTextEncoder']);
    expect(await search('audio')).toEqual(['BirdCall']);
    for (const text of ['zebra crossing', '%', '\0', "'; --", 'a:*&!', '\ud800', `${' '.repeat(5000)}zz`])
      expect(await search(text), text).toEqual([]);
    expect(await found({ keywords: ['nlp', 'embedding'] })).toEqual(['CLIPTextEncoder']);
    expect(await found({ author: jon.caller.name })).toEqual(['BirdCall']);
  });

  it('shows somebody their own private ones too, and nobody else’s', async () => {
    await make(mira, 'Open');
    await make(mira, 'Closed', { visibility: 'private', description: 'A secret lark' });
    await make(jon, 'Other', { visibility: 'private' });
    const { caller } = mira;
    expect(await found({})).toEqual(['Open']);
    expect(await found({ caller })).toEqual(['Closed', 'Open']);
    expect(await found({ caller, search: 'secret' })).toEqual(['Closed']);
    expect(await found({ caller: jon.caller, search: 'secret' })).toEqual([]);
    expect(await found({ caller: jon.caller })).toEqual(['Open', 'Other']);
    const limited: Caller = { ...caller, namePattern: 'Clo*' };
    expect(await found({ caller: limited })).toEqual(['Closed']);
  });

  it('counts keywords and public ones at once, and after they were folded', async () => {
    const ids = [];
    for (let index = 0; index < 12; index++)
      ids.push(
        await make(mira, `E${index}`, { keywords: ['all', index % 3 === 0 ? 'third' : 'other', 'all'] }),
      );
    await make(mira, 'Private', { visibility: 'private', keywords: ['all'] });
    await setExecutorVisibility({ ...mira, id: ids[0] ?? '', visibility: 'private', clock });
    await deleteExecutor({ ...mira, id: ids[3] ?? '' });
    const expected = [
      { keyword: 'all', executors: 10 },
      { keyword: 'other', executors: 8 },
      { keyword: 'third', executors: 2 },
    ];
    expect(await listHubKeywords()).toEqual(expected);
    await foldHubTally();
    expect(await listHubKeywords()).toEqual(expected);
    expect(await countHub()).toBe(10);
    const { rowCount } = await pool().query(`SELECT FROM hub_tally WHERE keyword IN ('', 'all')`);
    expect(rowCount).toBe(2);
    expect(await found({ keywords: ['third'] })).toEqual(['E6', 'E9']);
  });

  it('reads every page once, in each order', async () => {
    for (let index = 0; index < 7; index++) await make(index % 2 ? mira : jon, `E${index}`);
    await make(mira, 'Own', { visibility: 'private' });
    for (const field of ['pulls', 'updatedAt', 'createdAt', 'name'] as const) {
      const names: string[] = [];
      for (let pageIndex = 1; pageIndex <= 4; pageIndex++) {
        const { items, total } = await listCatalogue({
          ...{ caller: mira.caller, search: null, author: null, keywords: [], withAnonymous: false },
          ...{ sort: { field, direction: -1 }, pageIndex, pageSize: 3 },
        });
        expect(total).toBe(8);
        names.push(...items.map(({ name }) => name));
      }
      expect([...names].sort()).toEqual(['E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'Own']);
    }
  });
});

describe('pulls of an Executor', () => {
  it('are counted once, and outlive their records as numbers', async () => {
    const id = await make(mira, 'Pulled');
    const insert = `INSERT INTO executor_pull (executor_id, commit_number, client, address, at, count)
      VALUES ($1, $2, 'jina/3.25.0', '10.0.0.1', now() - make_interval(days => $3), $4)`;
    for (const row of [
      [1, 200, 1],
      [1, 100, 3],
      [2, 1, 1],
      [2, 0, 2],
    ])
      await pool().query(insert, [id, ...row]);
    const pulls = async () =>
      (await pool().query('SELECT pulls::int FROM executor WHERE id = $1', [id])).rows[0];
    await foldExecutorPulls(clock);
    await countExecutorPulls();
    await countExecutorPulls();
    expect(await pulls()).toEqual({ pulls: 7 });
    await foldExecutorPulls(clock);
    const { rowCount } = await pool().query('SELECT FROM executor_pull WHERE executor_id = $1', [id]);
    expect(rowCount).toBe(2);
    const shown = await getExecutorPulls({ caller: mira.caller, id, clock });
    expect(shown).toMatchObject({ total: 7, clients: [{ client: 'jina 3.25.0', version: 2, count: 7 }] });
    expect(shown.days.at(-1)).toMatchObject({ count: 2 });
    expect(
      shown.days.filter(({ day }) => Date.now() - day.getTime() < 3 * DAY_MS && day).length,
    ).toBeGreaterThan(1);
    await expect(getExecutorPulls({ caller: jon.caller, id, clock })).rejects.toMatchObject({
      kind: 'not-allowed',
    });
  });
});
