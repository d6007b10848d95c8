import { describe, expect, it } from 'vitest';
import { parseRange } from '#lib/http/download.ts';

describe('parseRange', () => {
  it.each([
    ['bytes=0-4', { start: 0, end: 4 }],
    ['bytes=5-', { start: 5, end: 9 }],
    ['bytes=5-99', { start: 5, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-99', { start: 0, end: 9 }],
    ['BYTES = 9 - 9', { start: 9, end: 9 }],
  ])('reads %s of ten bytes', (header, range) => {
    expect(parseRange(header, 10)).toEqual(range);
  });

  it.each(['bytes=10-', 'bytes=10-12', 'bytes=-0'])('finds that %s lies outside of ten bytes', (header) => {
    expect(parseRange(header, 10)).toBe('unsatisfiable');
  });

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-4', 'bytes=0-1,3-4', 'items=0-1', 'bytes=a-b'])(
    'sends the whole for %s',
    (header) => {
      expect(parseRange(header, 10)).toBeNull();
    },
  );

  it('finds that nothing lies inside of no bytes', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
  });
});
