import { describe, it } from 'vitest';
import { FUZZ_INPUTS, KEPT_SEED } from '#lib/testing/fuzz.ts';
import { packagesFuzz } from '#lib/testing/fuzz-executors.ts';

/** Only ends what hangs. */
const PATIENT_MS = 300_000;

describe('whatever a package holds', () => {
  it.each(packagesFuzz)(
    '$name',
    (property) => property.check({ inputs: FUZZ_INPUTS, seed: KEPT_SEED }),
    PATIENT_MS,
  );
});
