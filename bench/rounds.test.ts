import { describe, expect, it } from 'vitest';
import { figure } from './finding.ts';
import { readOptions } from './options.ts';
import { median, rotated } from './rounds.ts';

describe('median', () => {
  it.each([
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 1, 8, 7], 8],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

  it('of nothing is no number', () => expect(median([])).toBeNaN());
});

describe('the order of the servers', () => {
  it('begins with another one in each round, and leaves nobody out', () => {
    expect([1, 2, 3, 4].map((round) => rotated(['a', 'b', 'c'], round).join(''))).toEqual([
      'bac',
      'cab',
      'acb',
      'bca',
    ]);
    expect(rotated([], 3)).toEqual([]);
  });
});

describe('a figure', () => {
  it.each([
    [1234.5, '1,235'],
    [123.4, '123'],
    [12.345, '12.3'],
    [1.2345, '1.23'],
    [0.012345, '0.012'],
    [Number.NaN, '?'],
  ])('of %d reads %s', (value, expected) => expect(figure(value)).toBe(expected));
});

describe('the options of a run', () => {
  it('measure everything five times at a gigabyte unless told otherwise', () => {
    const all = ['push', 'stat'];
    expect(readOptions([], all)).toEqual({ only: all, rounds: 5, sizeMib: 1024, markdown: [] });
    expect(readOptions(['stat', '--rounds', '1', '--size', '64', '--markdown', 'x.md'], all)).toEqual({
      only: ['stat'],
      rounds: 1,
      sizeMib: 64,
      markdown: ['x.md'],
    });
  });

  it('refuse a workload that does not exist, and a number that is none', () => {
    expect(() => readOptions(['stet'], ['stat'])).toThrow('There is no workload stet. There are: stat.');
    expect(() => readOptions(['--rounds', '0'], ['stat'])).toThrow('--rounds is "0"');
  });
});
