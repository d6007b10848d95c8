import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { normalise } from '#lib/normaliser/normalise.ts';
import { type Normalised, NormaliserError } from '#lib/normaliser/types.ts';
import {
  type ExecutorPackage,
  executorPackages,
  expectedFile,
  filesAfter,
  inputOf,
} from '#lib/testing/executor-packages.ts';

const REBASE = '__jina__.Dockerfile';
const packages = executorPackages();

async function outcomeOf(
  one: Pick<ExecutorPackage, 'files' | 'push'>,
): Promise<Normalised | NormaliserError> {
  try {
    return await normalise(inputOf(one));
  } catch (error) {
    if (error instanceof NormaliserError) return error;
    throw error;
  }
}

/** `__jina__.Dockerfile` is the same text for all but its last line. */
function shown(outcome: Normalised | NormaliserError): unknown {
  if (outcome instanceof NormaliserError) {
    const { code, message, file, line } = outcome;
    return { refused: { code, message, file, line } };
  }
  const changes = Object.fromEntries(outcome.changes);
  const lastLine = changes[REBASE]?.trimEnd().split('\n').at(-1);
  return { ...outcome, changes: { ...changes, ...(lastLine && { [REBASE]: `…${lastLine}` }) } };
}

describe('packages of Executors', () => {
  it.each(packages)('$name comes out as it is written down', async (one) => {
    const text = stringify(shown(await outcomeOf(one)), { lineWidth: 0 });
    await expect(text).toMatchFileSnapshot(expectedFile(one.name));
  });

  it.each(packages)('$name stays as it is when what came out is normalised again', async (one) => {
    const first = await outcomeOf(one);
    if (first instanceof NormaliserError) return;
    const second = await outcomeOf({ ...one, files: filesAfter(one.files, first) });
    if (second instanceof NormaliserError) throw second;
    expect(Object.fromEntries(second.changes)).toEqual({});
    const { changes: _, score: __, ...rest } = first;
    expect(second).toMatchObject(rest);
  });

  it('come out the same in another order of their files', async () => {
    for (const one of packages) {
      const turned = await outcomeOf({ ...one, files: new Map([...one.files].reverse()) });
      expect(shown(turned)).toEqual(shown(await outcomeOf(one)));
    }
  });
});

it('the whole of __jina__.Dockerfile is as it is written down', async () => {
  const one = packages.find(({ name }) => name === 'minimal');
  const outcome = one && (await normalise(inputOf(one)));
  await expect(outcome?.changes.get(REBASE)).toMatchFileSnapshot(expectedFile('__jina__.Dockerfile'));
});
