import { describe, it } from 'vitest';
import { SLOW_FUZZ_INPUTS, slowSeed } from '#lib/testing/fuzz.ts';
import { documentsFuzz } from '#lib/testing/fuzz-documents.ts';
import { inputFuzz } from '#lib/testing/fuzz-input.ts';
import { multipartFuzz } from '#lib/testing/fuzz-multipart.ts';
import { metaDataFuzz } from '#lib/testing/fuzz-texts.ts';

/** The properties of fuzz.test.ts, with inputs that nobody has tried before. */
describe('whatever a client sends, at length', () => {
  it.each([...multipartFuzz, ...inputFuzz, ...metaDataFuzz, ...documentsFuzz])('$name', (property) =>
    property.check({ inputs: SLOW_FUZZ_INPUTS, seed: slowSeed() }),
  );
});
