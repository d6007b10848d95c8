import { describe, expect, it } from 'vitest';
import { AnswerReader } from './answer.ts';

/** Feeds an answer in pieces of `size` bytes. */
function read(text: string, size: number): { reader: AnswerReader; body: string } {
  let body = '';
  const reader = new AnswerReader(true, (bytes) => {
    body += bytes.toString();
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return { reader, body };
}

const ANSWERS = [
  ['of a given length', 'HTTP/1.1 201 Created\r\nLocation: /x?y=1\r\nContent-Length: 5\r\n\r\nhello'],
  [
    'in chunks',
    'HTTP/1.1 201 Created\r\nlocation:/x?y=1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\n\r\n',
  ],
  [
    'after an interim one',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nLocation: /x?y=1\r\ncontent-length: 5\r\n\r\nhello',
  ],
] as const;

describe('the reader of answers', () => {
  it.each(ANSWERS)('reads one %s, however it is cut', (_, text) => {
    for (let size = 1; size <= text.length; size++) {
      const { reader, body } = read(text, size);
      expect(reader).toMatchObject({ isDone: true, status: 201, bodyBytes: 5, text: 'hello' });
      expect(reader.header('location')).toBe('/x?y=1');
      expect(body).toBe('hello');
    }
  });

  it('is not done before the last byte', () => {
    const { reader } = read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell', 100);
    expect(reader.isDone).toBe(false);
  });

  it('expects no body after HEAD, and none with 204', () => {
    const head = new AnswerReader(false);
    head.push(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'));
    expect(head).toMatchObject({ isDone: true, bodyBytes: 0 });
    expect(read('HTTP/1.1 204 No Content\r\n\r\n', 100).reader.isDone).toBe(true);
  });
});
