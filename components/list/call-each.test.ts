import { expect, it } from 'vitest';
import { callEach } from '#components/list/call-each.ts';

it('tries all, tells how far it is, and says which failed, in their order', async () => {
  const steps: number[] = [];
  const tried: number[] = [];
  const items = Array.from({ length: 20 }, (_, index) => index);
  const failed = await callEach(
    items,
    async (item) => {
      tried.push(item);
      if (item % 9 === 0) throw new Error(`not ${item}`);
    },
    (done) => steps.push(done),
  );
  expect(tried.sort((a, b) => a - b)).toEqual(items);
  expect(steps).toEqual(items.map((item) => item + 1));
  expect(failed).toEqual([0, 9, 18].map((item) => ({ item, error: new Error(`not ${item}`) })));
});

it('has nothing to do for nothing', async () => {
  expect(await callEach([], () => Promise.reject(new Error('called')))).toEqual([]);
});
