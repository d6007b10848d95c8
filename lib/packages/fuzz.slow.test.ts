import { afterAll, describe, it } from 'vitest';
import { slowSeed } from '#lib/testing/fuzz.ts';
import { packagesFuzz } from '#lib/testing/fuzz-packages.ts';
import { hasPython, PythonZip } from '#lib/testing/python-zip.ts';

const INPUTS = 50_000;

const python = hasPython() ? new PythonZip() : null;
afterAll(() => python?.stop());

/** The properties of fuzz.test.ts, with inputs that nobody has tried before. */
describe('whatever is pushed for a package, at length', () => {
  it.each(packagesFuzz(() => python))('$name', (property) =>
    property.check({ inputs: INPUTS, seed: slowSeed() }),
  );
});
