import { describe, it } from 'vitest';
import { slowSeed } from '#lib/testing/fuzz.ts';
import { packagesFuzz } from '#lib/testing/fuzz-executors.ts';

/** Fewer than of other inputs: each goes through a parser in a thread. */
const INPUTS = 50_000;

/** The properties of fuzz.test.ts, with packages that nobody has tried before. */
describe('whatever a package holds, at length', () => {
  it.each(packagesFuzz)('$name', (property) => property.check({ inputs: INPUTS, seed: slowSeed() }));
});
