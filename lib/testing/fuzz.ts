import fc from 'fast-check';

/** How many inputs a change is checked with, and how many the slow suite takes. */
export const FUZZ_INPUTS = 2_000;
export const SLOW_FUZZ_INPUTS = 100_000;
/** The seed of every change, so that a failure is of the change; the slow suite takes a new one each time. */
export const KEPT_SEED = 20_261_122;
/** One input takes milliseconds: what takes so long hangs. */
const HANG_MS = 20_000;

/** Something that must hold for every input, and the inputs to try it with. */
export interface Fuzz {
  name: string;
  /** Checks `inputs` inputs and says so on stderr. @throws with the smallest failing input, the seed and the path. */
  check(run: { inputs: number; seed: number }): Promise<void>;
}

interface FuzzOptions<T> {
  name: string;
  inputs: fc.Arbitrary<T>;
  /** What found something once; tried first, each time. */
  kept: T[];
  holds(input: T): Promise<void>;
}

/** A property, written down once for the quick run and the slow one. */
export function fuzz<T>({ name, inputs, kept, holds }: FuzzOptions<T>): Fuzz {
  return {
    name,
    async check({ inputs: numRuns, seed }) {
      const property = fc.asyncProperty(inputs, holds);
      await fc.assert(property, {
        seed,
        numRuns,
        examples: kept.map((input): [T] => [input]),
        plugins: [fc.timeout(HANG_MS)],
      });
      console.error(`fuzz: ${name}: ${numRuns} inputs, seed ${seed}`);
    },
  };
}

/** The seed of a slow run: of `FUZZ_SEED`, to repeat one, or a new one. */
export function slowSeed(): number {
  return process.env.FUZZ_SEED ? Number(process.env.FUZZ_SEED) : Date.now() % 2 ** 31;
}
