import { describe, it } from 'vitest';
import { FUZZ_INPUTS, KEPT_SEED } from '#lib/testing/fuzz.ts';
import { documentsFuzz } from '#lib/testing/fuzz-documents.ts';
import { inputFuzz } from '#lib/testing/fuzz-input.ts';
import { multipartFuzz } from '#lib/testing/fuzz-multipart.ts';
import { metaDataFuzz } from '#lib/testing/fuzz-texts.ts';

/** Only ends what hangs. */
const PATIENT_MS = 120_000;

describe('whatever a client sends', () => {
  it.each([...multipartFuzz, ...inputFuzz, ...metaDataFuzz, ...documentsFuzz])(
    '$name',
    (property) => property.check({ inputs: FUZZ_INPUTS, seed: KEPT_SEED }),
    PATIENT_MS,
  );
});
