import { expect } from 'vitest';
import { type Artifact, detail, downloadPath, listedNames, push } from '../artifacts.ts';
import { dataOf, type Reply, rpc, send } from '../client.ts';
import { postJson, pushOnto, type Row, type Scene, type Section } from './row.ts';

/** A push of a name; the artifact must have it exactly, by every way, and is removed. */
async function pushAndRemove({ who }: Scene, name: string): Promise<Reply> {
  const reply = await push(who, { name }, name);
  const artifact = dataOf<Artifact>(reply);
  expect(artifact.name).toBe(name);
  expect(await detail(who, { name })).toEqual(artifact);
  const pulled = await send({ path: await downloadPath(who, { name }) });
  expect(pulled.bytes.toString()).toBe(name);
  expect(await listedNames(who, { filter: { name } })).toEqual([name]);
  dataOf(await rpc('artifact.delete', { token: who.token, json: { name } }));
  return reply;
}

/** Pushed and given by a rename, both of which must be refused alike. */
async function pushAndRename({ who, kept }: Scene, name: string): Promise<Reply> {
  const pushed = await push(who, { name }, 'hostile bytes');
  const renamed = await rpc('artifact.update', { token: who.token, json: { id: kept._id, name } });
  expect(renamed.status).toBe(pushed.status);
  return renamed;
}

const wrongNames: [sent: string, name: string][] = [
  ['no letter at all', ''],
  ['NUL', 'nul\0'],
  ['a line break', 'line\nbreak'],
  ['a carriage return', 'return\r'],
  ['another control character', 'control\u0085'],
  ['256 bytes of letters', 'x'.repeat(256)],
  ['1 kB of unicode', '東'.repeat(342)],
];

const oddNames: [sent: string, name: string][] = [
  ...[
    '..',
    '../../../../etc/passwd',
    '/absolute',
    'ends/',
    'a//b',
    'back\\slash',
    '%2e%2e%2f',
    'a?b=c&d#e+f',
  ],
  ...[`quo"te's; DROP TABLE artifact`, 'null', '__proto__', ' leading and trailing ', 'my first  docs'],
  ...['x.tar.gz', 'Grüße 東京 🚀'],
].map((name) => [`\`${name}\``, name]);
oddNames.push(
  ['`ü` as one letter', 'ü'.normalize('NFC')],
  ['`ü` as a letter and its dots', 'ü'.normalize('NFD')],
  ['255 bytes of letters', 'x'.repeat(255)],
  ['255 bytes of unicode', '東'.repeat(85)],
);

const nameRows: Row[] = [
  ...wrongNames.map(([sent, name]) => ({
    sent,
    answer: '400/40001',
    send: (scene: Scene) => pushAndRename(scene, name),
  })),
  {
    sent: 'half of a surrogate pair, in JSON',
    answer: '400/40001',
    send: (scene) => postJson(scene, 'artifact.update', `{"id":"${scene.kept._id}","name":"\\ud800"}`),
  },
  {
    sent: 'bytes that are no UTF-8, in a part',
    answer: '400/40001',
    send: (scene) => pushOnto(scene, { name: 'name', value: Buffer.from([0x61, 0xff, 0xfe]) }),
  },
  {
    sent: 'bytes that are no UTF-8, in an urlencoded form',
    answer: '400/40001',
    send({ who, kept }) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = Buffer.from(`id=${kept._id}&name=%FF%FE`);
      return rpc('artifact.update', { token: who.token, headers, body });
    },
  },
  ...['artifact.getDetail', 'artifact.getDownloadUrl', 'artifact.delete', 'user.pat.delete'].map(
    (method) => ({
      sent: `NUL, to \`${method}\``,
      answer: '404/40403',
      send: (scene: Scene) => postJson(scene, method, '{"name":"a\\u0000b"}'),
    }),
  ),
  ...oddNames.map(([sent, name]) => ({
    sent,
    answer: '200/20000',
    means: 'a name like any other, kept exactly',
    send: (scene: Scene) => pushAndRemove(scene, name),
  })),
];

const wrongMetaData: [sent: string, text: string][] = [
  ['nothing', ''],
  ['no JSON', '{'],
  ['an array', '[{}]'],
  ['a text', '"x"'],
  ['a number', '5'],
  ['null', 'null'],
  ['the bare word NaN', '{"a": NaN}'],
  ['the bare word Infinity', '{"a": -Infinity}'],
  ['a number out of range', '{"a": 1e999}'],
  ['NUL', '{"a": "\\u0000"}'],
  ['NUL in a key', '{"\\u0000": 1}'],
  ['half of a surrogate pair', '{"a": "\\ud800"}'],
  ['65 levels', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`],
  ['100 levels', `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`],
  ['100,000 levels', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['1 MiB and some bytes', `{"a": "${'x'.repeat(1_048_576 - 8)}"}`],
  ['10 MB', `{"a": "${'x'.repeat(10_000_000)}"}`],
];

/** A push with this metaData beside what is there; it must come back as it was sent, and is removed. */
async function keptAsSent({ who }: Scene, metaData: string): Promise<Reply> {
  const reply = await push(who, { metaData }, 'bytes');
  expect(reply.bytes.toString()).toContain(`"metaData":${metaData}`);
  const { _id: id } = dataOf<Artifact>(reply);
  dataOf(await rpc('artifact.delete', { token: who.token, json: { id } }));
  return reply;
}

const metaDataRows: Row[] = [
  ...wrongMetaData.map(([sent, value]) => ({
    sent,
    answer: '400/40001',
    send: (scene: Scene) => pushOnto(scene, { name: 'metaData', value }),
  })),
  ...['[1,2]', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`].map((value) => ({
    sent: `${value.length > 9 ? '100,000 levels' : 'an array'}, as JSON to \`artifact.update\``,
    answer: '400/40001',
    send: (scene: Scene) =>
      postJson(scene, 'artifact.update', `{"id":"${scene.kept._id}","metaData":${value}}`),
  })),
  ...['{"a":1,"a":2}', '{"__proto__":{"a":1},"constructor":2}'].map((text) => ({
    sent: `\`${text}\``,
    answer: '200/20000',
    means: 'kept as it was sent',
    send: (scene: Scene) => keptAsSent(scene, text),
  })),
];

export const texts: Section[] = [
  { title: 'Names', rows: nameRows },
  { title: 'metaData', rows: metaDataRows },
];
