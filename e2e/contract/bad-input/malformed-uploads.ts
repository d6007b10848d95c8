import { pushParts } from '../artifacts.ts';
import { multipart, type Part } from '../multipart.ts';
import { hostileParts, pushBody, pushOnto, type Row, type Scene, type Section } from './row.ts';

const MIB = 1024 * 1024;
const TYPE = 'multipart/form-data; boundary=e9a1f0';

function whole(scene: Scene): Buffer {
  return multipart(hostileParts(scene)).body;
}

const formRows: [sent: string, type: string | undefined, body: (scene: Scene) => string | Buffer][] = [
  ['no body at all', undefined, () => ''],
  ['no boundary in the content type', 'multipart/form-data', whole],
  ['an empty boundary in the content type', 'multipart/form-data; boundary=', whole],
  ['another boundary than announced', 'multipart/form-data; boundary=other', whole],
  ['a beginning of the boundary announced', 'multipart/form-data; boundary=e9', whole],
  ['a preamble before the first boundary', TYPE, (scene) => `preamble\r\n${whole(scene)}`],
  ['an urlencoded form', 'application/x-www-form-urlencoded', ({ kept }) => `name=${kept.name}`],
  ['JSON', 'application/json', ({ kept }) => JSON.stringify({ name: kept.name, file: 'bytes' })],
  ['multipart/mixed', 'multipart/mixed; boundary=e9a1f0', whole],
  ['a part without headers', TYPE, () => '--e9a1f0\r\n\r\nbytes\r\n--e9a1f0--'],
  [
    'a part without a name',
    TYPE,
    () => '--e9a1f0\r\nContent-Disposition: form-data; filename="name=file"\r\n\r\nbytes\r\n--e9a1f0--',
  ],
  ['a part with headers of 20 kB', TYPE, () => `--e9a1f0\r\nX: ${'x'.repeat(20_000)}\r\n\r\n\r\n--e9a1f0--`],
];

function fields(count: number, bytes: number): Part[] {
  return Array.from({ length: count }, (_, at) => ({ name: `f${at}`, value: Buffer.alloc(bytes, 'x') }));
}

const partRows: [sent: string, ...parts: Part[]][] = [
  ['two files', { name: 'file', filename: 'x', value: 'x' }],
  ['101 parts', ...fields(99, 1)],
  ['10,000 parts', ...fields(9_998, 1)],
  ['a text field of 1 MiB and one byte', ...fields(1, MIB + 1)],
  ['a text field of 10 MB', ...fields(1, 10_000_000)],
  ['nine text fields of 1 MiB', ...fields(9, MIB)],
  ['a text field that is no UTF-8', { name: 'type', value: Buffer.from([0xff, 0xfe]) }],
  ['`public` that is neither true nor false', { name: 'public', value: 'perhaps' }],
  ['a type with NUL', { name: 'type', value: 'a\0b' }],
  ['a type with a line break', { name: 'type', value: 'a\nb' }],
  ['a type of 26 kB', { name: 'type', value: 'x'.repeat(26_000) }],
];

const parts: Row[] = [
  {
    sent: 'no file',
    answer: '400/40001',
    send: ({ who, kept }) => pushParts(who, [{ name: 'name', value: kept.name }]),
  },
  ...partRows.map(([sent, ...more]) => ({
    sent,
    answer: '400/40001',
    send: (scene: Scene) => pushOnto(scene, ...more),
  })),
  {
    sent: 'an id with SQL behind it',
    answer: '404/40403',
    send: (scene) => pushOnto(scene, { name: 'id', value: `${scene.kept._id}' OR 'a' = 'a` }),
  },
];

export const malformedUploads: Section[] = [
  {
    title: 'An upload that is no form, or another one than it says',
    rows: formRows.map(([sent, type, body]) => ({
      sent,
      answer: '400/40001',
      send: (scene) => pushBody(scene, type, body(scene)),
    })),
  },
  { title: 'Parts and fields of an upload', rows: parts },
];
