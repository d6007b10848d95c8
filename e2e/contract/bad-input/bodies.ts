import { rpc } from '../client.ts';
import { multipart } from '../multipart.ts';
import { getWith, postJson, type Row, type Scene, type Section } from './row.ts';

const METHOD = 'artifact.getDetail';
const FORM = 'application/x-www-form-urlencoded';

/** A body of this type to a method that reads an id or a name. */
function post({ who }: Scene, type: string, body: string | Buffer, method = METHOD) {
  const headers = { 'content-type': type };
  return rpc(method, { token: who.token, headers, body: Buffer.from(body as string) });
}

function nested(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}

const noInput: [sent: string, json: string | Buffer][] = [
  ['JSON that is cut', '{"id": "x'],
  ['JSON that is an array', '["id"]'],
  ['JSON that is a text', '"id"'],
  ['JSON that is a number', '5'],
  ['a bare NaN', '{"id": NaN}'],
  ['JSON that is no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ['JSON with an id that is an object', '{"id": {"$gt": ""}}'],
  ['JSON with an id of 100,000 levels', `{"id": ${nested(100_000)}}`],
  ['JSON with an id of 4,000,000 levels', `{"id": ${nested(4_000_000)}}`],
  ['JSON with `__proto__` in place of an id', '{"__proto__": {"id": "x"}, "constructor": 1, "toString": 2}'],
  ['JSON of half a million keys', `{${Array.from({ length: 500_000 }, (_, at) => `"k${at}":1`).join(',')}}`],
];

const typed: [sent: string, type: string, body: string | Buffer][] = [
  ['CSV', 'text/csv', 'id,x'],
  ['a content type of 8 kB', 'x'.repeat(8_000), '{}'],
  ['multipart without a boundary', 'multipart/form-data', '--x--'],
  ['multipart that is none', 'multipart/form-data; boundary=x', 'id=x'],
  ['a form of 100,000 fields', FORM, Array.from({ length: 100_000 }, (_, at) => `f${at}=1`).join('&')],
  ['a form of four million ids', FORM, 'ids=1&'.repeat(1_300_000)],
  ['a form of nothing but ampersands', FORM, '&'.repeat(8_000_000)],
  ['a form that is no UTF-8', FORM, 'name=%FF%FE'],
];

const bodyRows: Row[] = [
  ...noInput.map(([sent, json]) => ({
    sent,
    answer: '400/40001',
    send: (scene: Scene) => postJson(scene, METHOD, json),
  })),
  ...typed.map(([sent, type, body]) => ({
    sent,
    answer: '400/40001',
    send: (scene: Scene) => post(scene, type, body),
  })),
  {
    sent: 'a form of 90 fields of 1 MB',
    answer: '400/40001',
    send(scene) {
      const fields = Array.from({ length: 90 }, (_, at) => ({
        name: `f${at}`,
        value: Buffer.alloc(1_000_000, 'x'),
      }));
      const { type, body } = multipart(fields);
      return post(scene, type, body);
    },
  },
  {
    sent: '20 MB of JSON',
    answer: '413/41301',
    send: (scene) => postJson(scene, METHOD, `{"id": "${'x'.repeat(20_000_000)}"}`),
  },
  {
    sent: '20 MB of JSON, without a token',
    answer: '413/41301',
    send: ({ kept }) =>
      rpc('user.identity.passwordLogin', { json: { name: kept.name, password: 'x'.repeat(20_000_000) } }),
  },
  {
    sent: '2.7 million objects in place of ids, to `artifact.deleteMany`',
    answer: '400/40001',
    send: (scene) => postJson(scene, 'artifact.deleteMany', `{"ids":[${'{},'.repeat(2_700_000)}{}]}`),
  },
  {
    sent: '4 million ids, to `artifact.deleteMany`',
    answer: '400/40001',
    send: (scene) => postJson(scene, 'artifact.deleteMany', `{"ids":[${'0,'.repeat(4_000_000)}0]}`),
  },
  {
    sent: '`public` that is an object',
    answer: '400/40001',
    send: (scene) => postJson(scene, 'artifact.update', `{"id":"${scene.kept._id}","public":{"valueOf":1}}`),
  },
  {
    sent: 'fields that nobody knows, `__proto__` among them, in a form',
    answer: '200/20000',
    means: 'unknown fields are ignored',
    send: (scene) => post(scene, FORM, `__proto__=x&constructor=y&id=${scene.kept._id}`),
  },
];

const queryRows: Row[] = [
  ...['name=%FF%FE', 'name=q%FF', 'id=%C3', 'name=%ED%A0%80'].map((query) => ({
    sent: `\`?${query}\`, which is no UTF-8`,
    answer: '400/40001',
    send: (scene: Scene) => getWith(scene, METHOD, query),
  })),
  ...['name=%', 'name=%zz', '%zz=%&name=%4'].map((query) => ({
    sent: `\`?${query}\`, which encodes nothing`,
    answer: '404/40403',
    send: (scene: Scene) => getWith(scene, METHOD, query),
  })),
];

export const bodies: Section[] = [
  { title: 'Bodies of other calls', rows: bodyRows },
  { title: 'Queries', rows: queryRows },
];
