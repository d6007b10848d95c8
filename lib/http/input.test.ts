import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readInput } from '#lib/http/input.ts';
import type { PlainRequest } from '#lib/http/message.ts';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

function read(type: string, body: string | Buffer, query = ''): Promise<Record<string, unknown>> {
  const request: PlainRequest = {
    verb: 'POST',
    path: '/',
    query,
    header: (name) => (name === 'content-type' ? type : undefined),
    headerNames: () => ['content-type'],
    body: Readable.from([Buffer.from(body)]),
    address: null,
    requestId: 'test',
    receivedAt: new Date(0),
    gone: () => new AbortController().signal,
  };
  return readInput(request);
}

const invalid = { kind: 'invalid' };

describe('readInput', () => {
  it('reads letters that are sent as they are beside letters that are encoded', async () => {
    expect(await read(FORM, 'name=grün%20東&%C3%A4=+%2B')).toEqual({ name: 'grün 東', ä: ' +' });
  });

  it('takes a percent sign that begins nothing for itself', async () => {
    expect(await read(FORM, 'a=%&b=%4&c=%zz&d=100%25')).toEqual({ a: '%', b: '%4', c: '%zz', d: '100%' });
  });

  it('refuses a form of more than 10,000 fields, empty ones included, before it reads them', async () => {
    expect((await read(FORM, 'ids=1&'.repeat(9_999))).ids).toHaveLength(9_999);
    for (const body of ['ids=1&'.repeat(10_000), '&'.repeat(8_000_000), 'a&'.repeat(4_000_000)])
      await expect(read(FORM, body)).rejects.toMatchObject(invalid);
  });

  it('refuses bytes that are no UTF-8 wherever they stand', async () => {
    for (const body of [Buffer.from([0x61, 0x3d, 0xff]), 'a=%FF', '%C3=1', 'a=%ED%A0%80'])
      await expect(read(FORM, body)).rejects.toMatchObject(invalid);
    await expect(read(JSON_TYPE, Buffer.from([0x22, 0xff, 0x22]))).rejects.toMatchObject(invalid);
    await expect(read('', '', 'a=%FF')).rejects.toMatchObject(invalid);
  });

  it('lets nothing of a body or a query reach the prototype of the input', async () => {
    const fields = await read(JSON_TYPE, '{"__proto__":{"id":"x"}}', '__proto__=y&constructor=z');
    expect(fields.id).toBeUndefined();
    expect(Object.keys(fields).toSorted()).toEqual(['__proto__', 'constructor']);
    expect((await read(FORM, '__proto__=x&__proto__[]=y')).id).toBeUndefined();
  });

  it('skips a byte order mark before JSON, and keeps one in a value', async () => {
    expect(await read(JSON_TYPE, '\ufeff{"a":"\ufeff"}')).toEqual({ a: '\ufeff' });
    expect(await read(FORM, 'a=\ufeff')).toEqual({ a: '\ufeff' });
  });

  it('reads JSON of a million levels', async () => {
    const deep = `{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`;
    expect(Object.keys(await read(JSON_TYPE, deep))).toEqual(['a']);
  });
});
