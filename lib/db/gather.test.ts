import { describe, expect, it } from 'vitest';
import { gather } from '#lib/db/gather.ts';

/** A look-up that doubles, and what it was asked for. */
function doubling() {
  const loads: number[][] = [];
  const double = gather(async (keys: number[]) => {
    loads.push(keys);
    return keys.map((key) => 2 * key);
  });
  return { loads, double };
}

describe('gathered look-ups', () => {
  it('of one moment are one, and each gets its own answer', async () => {
    const { loads, double } = doubling();
    expect(await Promise.all([1, 2, 2].map(double))).toEqual([2, 4, 4]);
    expect(loads).toEqual([[1, 2, 2]]);
    expect(await double(1)).toBe(2);
    expect(loads.length).toBe(2);
  });

  it('are at most a hundred at a time', async () => {
    const { loads, double } = doubling();
    const keys = Array.from({ length: 250 }, (_, key) => key);
    expect(await Promise.all(keys.map(double))).toEqual(keys.map((key) => 2 * key));
    expect(loads.map(({ length }) => length)).toEqual([100, 100, 50]);
  });

  it('fail together, and the next ones do not', async () => {
    let isBroken = true;
    const look = gather(async (keys: string[]) => {
      if (isBroken) throw new Error('away');
      return keys;
    });
    const both = await Promise.allSettled(['a', 'b'].map(look));
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    expect(await look('c')).toBe('c');
  });
});
