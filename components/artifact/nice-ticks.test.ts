import { expect, it } from 'vitest';
import { niceTicks } from '#components/artifact/nice-ticks.ts';

it.each([
  [0, [0, 1, 2, 3]],
  [3, [0, 1, 2, 3]],
  [4, [0, 2, 4, 6]],
  [41, [0, 20, 40, 60]],
  [1_000_000, [0, 500_000, 1_000_000, 1_500_000]],
])('an axis up to %d has the ticks %j', (highest, ticks) => {
  expect(niceTicks(highest)).toEqual(ticks);
});
