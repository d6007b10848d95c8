import { expect } from 'vitest';
import type { Artifact } from '../artifacts.ts';
import { dataOf, type Reply } from '../client.ts';
import { getWith, postJson, type Row, type Scene, type Section } from './row.ts';

const METHOD = 'artifact.list';

async function listOf(scene: Scene, text: string): Promise<{ reply: Reply; ids: string[] }> {
  const reply = await postJson(scene, METHOD, text);
  return { reply, ids: dataOf<Artifact[]>(reply).map((artifact) => artifact._id) };
}

async function matchesNothing(scene: Scene, text: string): Promise<Reply> {
  const { reply, ids } = await listOf(scene, text);
  expect(ids).toEqual([]);
  return reply;
}

async function listsAll(scene: Scene, text: string): Promise<Reply> {
  const { reply, ids } = await listOf(scene, text);
  expect(ids).toEqual([scene.kept._id]);
  return reply;
}

function dotted(field: string, steps: number): string {
  return field + '.a'.repeat(steps);
}

function many(count: number): string {
  return JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, 1])));
}

const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;

const emptyFilters: [sent: string, filter: string][] = [
  ['SQL as a field', `{"a'; DROP TABLE artifact; --":1}`],
  ['SQL as a value', `{"name":"' OR '1' = '1"}`],
  ['SQL in a path of metaData', `{"metaData.a') OR true --":1}`],
  ['`$gt` as a value', '{"name":{"$gt":""}}'],
  ['`$where` and `$or` as fields', '{"$where":"true","$or":[{}]}'],
  ['`__proto__` as a field', '{"__proto__":{"name":"x"}}'],
  ['`__proto__` in a path of metaData', '{"metaData.__proto__.x":1}'],
  ['`constructor` as a field', '{"constructor":1}'],
  ['a field of 1,000 dots', `{"${dotted('name', 1_000)}":1}`],
  ['a path of metaData with 1,000 steps', `{"${dotted('metaData', 1_000)}":1}`],
  ['a path of metaData with 100,000 steps', `{"${dotted('metaData', 100_000)}":1}`],
  ['an array as a value', '{"name":["a","b"]}'],
  ['an array of a million zeros as a value', `{"metaData.a":[${'0,'.repeat(999_999)}0]}`],
  ['a value of 100,000 levels', `{"metaData.a":${deep}}`],
  ['half of a surrogate pair', '{"metaData.a":"\\ud800"}'],
  ['NUL in a value', '{"name":"a\\u0000"}'],
  ['NUL in a path of metaData', '{"metaData.\\u0000":1}'],
  ['a size that is no number', '{"size":"0x10; --"}'],
  ['a size of 1e308', '{"size":1e308}'],
  ['a time that is none', '{"createdAt":"yesterday"}'],
  ['a value of 1 MB', `{"metaData.a":"${'x'.repeat(1_000_000)}"}`],
];

const ignored: [sent: string, query: string][] = [
  ['a filter that is an array', '{"filter":["name"]}'],
  ['a filter that is a number', '{"filter":5}'],
  ['a filter that is no JSON', '{"filter":"{name:"}'],
  ['a sort by SQL', '{"sort":{"name; DROP TABLE artifact":1}}'],
  ['a sort by `__proto__`', '{"sort":{"__proto__":1,"constructor":-1}}'],
  ['a sort by a path of 1,000 steps', `{"sort":{"${dotted('metaData', 1_000)}":1}}`],
  ['a sort by a path of 100,000 steps', `{"sort":{"${dotted('metaData', 100_000)}":1}}`],
  ['a direction that is an object', '{"sort":{"createdAt":{"toString":1,"valueOf":1}}}'],
  ['a sort that is a number', '{"sort":5}'],
  ['a sort of arrays', '{"sort":[["name"],{"a":1},null]}'],
];

const refusedQueries: [sent: string, query: string][] = [
  ['101 filters', `{"filter":${many(101)}}`],
  ['half a million filters', `{"filter":${many(500_000)}}`],
  ['21 sort keys', `{"sort":${many(21)}}`],
  ['half a million sort keys', `{"sort":${many(500_000)}}`],
];

const pages: [sent: string, query: string, answer?: string][] = [
  ['page -1', '{"pageIndex":-1}'],
  ['page 1.5', '{"pageIndex":1.5}'],
  ['page 1e18', '{"pageIndex":1e18}'],
  ['page 1e999', '{"pageIndex":1e999}'],
  ['page "NaN"', '{"pageIndex":"NaN"}'],
  ['page "1e3"', '{"pageIndex":"1e3"}'],
  ['page {}', '{"pageIndex":{}}'],
  ['a page of 400 digits', `{"pageIndex":"${'9'.repeat(400)}"}`],
  ['page size 0', '{"pageSize":0}'],
  ['page size -5', '{"pageSize":-5}'],
  ['page size 0.1', '{"pageSize":0.1}'],
  ['page size 1e300', '{"pageSize":1e300}'],
  ['page size "many"', '{"pageSize":"many"}'],
  ['page size true', '{"pageSize":true}'],
];

const filterRows: Row[] = emptyFilters.map(([sent, filter]) => ({
  sent: `a filter: ${sent}`,
  answer: '200/20000',
  means: 'matches nothing',
  send: (scene) => matchesNothing(scene, `{"filter":${filter}}`),
}));

const ignoredRows: Row[] = ignored.map(([sent, query]) => ({
  sent,
  answer: '200/20000',
  means: 'is ignored, as the clients’ old habits need it',
  send: (scene) => listsAll(scene, query),
}));

const refusedRows: Row[] = [...refusedQueries, ...pages].map(([sent, query]) => ({
  sent,
  answer: '400/40001',
  send: (scene) => postJson(scene, METHOD, query),
}));

const edgeRows: Row[] = [
  {
    sent: 'page 0',
    answer: '200/20000',
    means: 'the first page, as some clients count',
    send: (scene) => listsAll(scene, '{"pageIndex":0}'),
  },
  {
    sent: 'page 1,000,000,000',
    answer: '200/20000',
    means: 'a page beyond the end: empty',
    send: (scene) => matchesNothing(scene, '{"pageIndex":1000000000}'),
  },
  {
    sent: 'page size 9,007,199,254,740,991',
    answer: '200/20000',
    means: 'the largest page, of 10,000',
    send: (scene) => listsAll(scene, '{"pageSize":9007199254740991}'),
  },
  {
    sent: 'a query of nothing but brackets',
    answer: '200/20000',
    means: 'unknown fields are ignored',
    send: (scene) => getWith(scene, METHOD, 'filter[name]=x&[]=1&=&sort[][]=2'),
  },
];

export const lists: Section[] = [
  { title: 'Filters, sorts and pages', rows: [...filterRows, ...ignoredRows, ...refusedRows, ...edgeRows] },
];
