import { afterAll, describe, it } from 'vitest';
import { FUZZ_INPUTS, KEPT_SEED } from '#lib/testing/fuzz.ts';
import { packagesFuzz } from '#lib/testing/fuzz-packages.ts';
import { hasPython, PythonZip } from '#lib/testing/python-zip.ts';

/** Only ends what hangs. */
const PATIENT_MS = 120_000;

const python = hasPython() ? new PythonZip() : null;
afterAll(() => python?.stop());

describe('whatever is pushed for a package', () => {
  it.each(packagesFuzz(() => python))(
    '$name',
    (property) => property.check({ inputs: FUZZ_INPUTS, seed: KEPT_SEED }),
    PATIENT_MS,
  );
});
