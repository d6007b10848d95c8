import { randomInt } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { isFault, isStep, Runner } from './run.ts';

const STEPS = 10_000;
const FAULTS = 300;

const runner = new Runner();
afterAll(() => runner.stop());

it(`holds what is promised over ${STEPS} steps, with servers killed and connections cut`, async () => {
  const { tally } = runner;
  for (let seed = Number(process.env.MODEL_SEED ?? randomInt(2 ** 30)); tally.sum(isStep) < STEPS; seed++) {
    console.error(`seed ${seed}: ${tally.sum(isStep)} steps before, ${tally.sum(isFault)} faults`);
    await runner.run({ seed });
  }
  console.error(tally.toString());
  expect(tally.sum(isFault)).toBeGreaterThan(FAULTS);
});
