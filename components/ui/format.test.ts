import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatDay,
  formatDuration,
  formatExactBytes,
  formatRelative,
} from '#components/ui/format.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [88_400, '88.4 kB'],
    [48_691_027, '48.7 MB'],
    [999_949, '999.9 kB'],
    [999_950, '1 MB'],
    [1_290_440_118, '1.29 GB'],
    [20_000_000_000, '20 GB'],
  ])('says %d bytes as %s', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });

  it('has the exact number for the title', () => {
    expect(formatExactBytes(100_713_442)).toBe('100,713,442 bytes');
  });
});

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR_MS = 3_600_000;

describe('formatRelative', () => {
  it.each([
    [0, 'just now'],
    [-59_000, 'just now'],
    [-60_000, 'a minute ago'],
    [-3 * HOUR_MS, '3 hours ago'],
    [-24 * HOUR_MS, 'a day ago'],
    [-13 * 24 * HOUR_MS, '13 days ago'],
    [-14 * 24 * HOUR_MS, '2 weeks ago'],
    [-400 * 24 * HOUR_MS, 'a year ago'],
    [4 * 24 * HOUR_MS, 'in 4 days'],
  ])('says %d ms from now as %s', (offsetMs, words) => {
    expect(formatRelative(NOW + offsetMs, NOW)).toBe(words);
  });
});

describe('formatDay and formatClock', () => {
  it('go by the time zone', () => {
    const late = Date.UTC(2026, 10, 28, 23, 30);
    expect(formatDay(late, NOW, 'UTC')).toBe('28 Nov');
    expect(formatDay(late, NOW, 'Asia/Tokyo')).toBe('29 Nov');
    expect(formatClock(late, 'Asia/Tokyo')).toBe('08:30');
  });

  it('name the year when it is another one', () => {
    expect(formatDay(Date.UTC(2027, 2, 14), NOW, 'UTC')).toBe('14 Mar 2027');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0.0 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [59_600, '1 min 00 s'],
    [192_000, '3 min 12 s'],
  ])('says %d as %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});
