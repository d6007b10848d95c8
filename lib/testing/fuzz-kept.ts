import { type Sent, TYPES } from '#lib/testing/hard-bodies.ts';
import type { Form } from '#lib/testing/multipart-forms.ts';

/**
 * Inputs that found something once, or are the corner of a rule. Each is tried before any new one, in every run: a
 * seed would mean other inputs after the next change of a generator.
 */

const FILE = 'Content-Disposition: form-data; name="file"; filename="x"';

function form(boundary: string, body: string): Form {
  return { boundary, body: Buffer.from(body, 'latin1'), cuts: [] };
}

/** Bodies for the multipart reader. */
export const keptForms: Form[] = [
  // The line break of the boundary's line is half of the blank line.
  form('b', '--b\r\n\r\n\r\n--b--'),
  // A boundary among the headers.
  form('b', '--b\r\nX: 1\r\n--b\r\n\r\n--b--'),
  // A boundary of dashes: its end may be the beginning of the closing one.
  form('-', `---\r\n${FILE}\r\n\r\n\r\n--\r\n---\r\n-----`),
  // What is held back as the beginning of a delimiter begins a longer one.
  form('b', `--b\r\n${FILE}\r\n\r\n\r\r\n\r\n-\r\n--\r\n--a\r\n--b--`),
  // Bytes that are no UTF-8 in the name of a part.
  form('b', '--b\r\nContent-Disposition: form-data; name="\x80"; filename="x"\r\n\r\n\r\n--b--'),
];

/** Bodies and queries for the other readers. */
export const keptBodies: Sent[] = [
  { type: TYPES.form, body: Buffer.from('%'), query: '%&=&[]=&%4' },
  { type: TYPES.json, body: Buffer.from('\ufeff'), query: '' },
  { type: TYPES.json, body: Buffer.from('{"__proto__":{"id":1},"id":[[]]}'), query: '__proto__=x' },
  // Complaints about millions of items, one for each.
  { type: TYPES.json, body: Buffer.from(`{"id":"x","list":[${'{},'.repeat(300_000)}{}]}`), query: '' },
  { type: TYPES.json, body: Buffer.from(`{"id":"x","metaData":[${'0,'.repeat(300_000)}0]}`), query: '' },
];

/** Queries and forms; in the first, URLSearchParams of Node reads other characters. */
export const keptQueries = ['%ä%41', 'a=%C3%A4&a=+&%=%&=&b[]=1', 'a=%F', '%=%', 'a=\ufeff'].map((text) =>
  Buffer.from(text),
);

/** What a Python program means: a filter by `__proto__` was dropped, and everything matched. */
export const keptValues = [
  {
    text: '\ufeff',
    id: '',
    flag: false,
    count: 0,
    list: [''],
    filter: JSON.parse('{"__proto__":""}') as Record<string, unknown>,
    metaData: { '': '\u2028' } as Record<string, unknown>,
  },
];

/** Texts of metaData. */
export const keptMetaData = [
  '{"__proto__":{"summary":1},"summary":2}',
  '{"a":-0,"b":1E5}',
  '{"a":5e-324}',
  '{',
];
