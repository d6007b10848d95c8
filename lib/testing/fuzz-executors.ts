import fc from 'fast-check';
import { expect } from 'vitest';
import { normalise } from '#lib/normaliser/normalise.ts';
import { NormaliserError } from '#lib/normaliser/types.ts';
import {
  type ExecutorPackage,
  executorPackages,
  filesAfter,
  inputOf,
} from '#lib/testing/executor-packages.ts';
import { type Fuzz, fuzz } from '#lib/testing/fuzz.ts';

/** Of the processor, so that a busy machine is not a failure. */
const INPUT_MS = 2_000;
/** What the threads of the parser may have at most is a quarter of it. */
const MEMORY_BYTES = 1_500_000_000;

type Package = Pick<ExecutorPackage, 'files' | 'push'>;
type Change = (text: string) => string;

const corpus = executorPackages();
const texts = corpus.flatMap(({ files }) =>
  [...files.values()].map((bytes) => Buffer.from(bytes).toString('latin1')),
);

const OPENINGS = [
  '(',
  '[',
  '{',
  '{a: ',
  '- ',
  "f'{",
  'a.',
  '-',
  'not ',
  'lambda: ',
  '"',
  "'",
  '"""',
  '#x\n',
  '\\\n',
];
const LINES = [
  '@requests\n',
  'if x:\n',
  'class A(Executor):\n',
  ' #x\n',
  'a: &a [*a]\n',
  '<<: *a\n',
  '[a]\n',
  '\n',
];

/** A place in a text, as a share of it. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (text: string, share: number) => Math.floor(share * text.length);

const splice =
  (share: number, removed: number, added: string): Change =>
  (text) => {
    const start = at(text, share);
    return text.slice(0, start) + added + text.slice(start + removed);
  };

const changes: fc.Arbitrary<Change> = fc.oneof(
  { arbitrary: fc.tuple(place, fc.nat(80)).map(([share, length]) => splice(share, length, '')), weight: 6 },
  {
    arbitrary: fc
      .tuple(place, fc.nat(4), fc.string({ unit: 'binary', maxLength: 8 }))
      .map((all) => splice(...all)),
    weight: 6,
  },
  {
    arbitrary: fc.tuple(place, place, fc.nat(200)).map(
      ([from, to, length]): Change =>
        (text) =>
          splice(to, 0, text.slice(at(text, from), at(text, from) + length))(text),
    ),
    weight: 6,
  },
  {
    arbitrary: fc
      .tuple(place, fc.constantFrom(...texts), place, fc.nat(400))
      .map(([to, other, from, length]) =>
        splice(to, 0, other.slice(at(other, from), at(other, from) + length)),
      ),
    weight: 6,
  },
  {
    arbitrary: fc
      .tuple(place, fc.constantFrom(...OPENINGS, ...LINES), fc.constantFrom(2, 30, 300, 3_000, 20_000))
      .map(([share, piece, times]) => splice(share, 0, piece.repeat(times))),
    weight: 1,
  },
);

/** A package of the corpus with one or two of its files spoilt, or given to another file. */
const packages: fc.Arbitrary<Package> = fc
  .tuple(
    fc.constantFrom(...corpus),
    fc.array(fc.tuple(fc.nat(), fc.array(changes, { minLength: 1, maxLength: 4 })), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([{ files, push }, spoilt]) => {
    const paths = [...files.keys()];
    const next = new Map(files);
    for (const [which, list] of spoilt) {
      const path = paths[which % paths.length] ?? '';
      const text = Buffer.from(next.get(path) ?? []).toString('latin1');
      next.set(
        path,
        Buffer.from(
          list.reduce((before, change) => change(before), text),
          'latin1',
        ),
      );
    }
    return { files: next, push };
  });

function kept(file: string, text: string, jtype = false): Package {
  const config = Buffer.from('jtype: A\npy_modules: a.py\n');
  const files = new Map([[file, Buffer.from(text)], ...(jtype ? [['config.yml', config] as const] : [])]);
  return { files, push: { client: {} } };
}

/**
 * What found something once, or is the corner of a rule: each takes the parsers much time or memory, or ends
 * them.
 */
const keptPackages: Package[] = [
  kept('a.py', '('.repeat(100_000)),
  kept('a.py', `${'('.repeat(100_000)}${')'.repeat(100_000)}`),
  // Takes all memory of the parser within one step.
  kept('a.py', ":'await ".repeat(14_000)),
  kept('a.py', '~;in '.repeat(20_000)),
  kept('a.py', '\\\n'.repeat(50_000)),
  kept('a.py', `class A:\n${' #xxxxxxxxxxxxxxxx\n'.repeat(20_000)} x=1\n`, true),
  kept('a.py', `x = ${'-'.repeat(100_000)}1\n`),
  kept('a.py', `class A(${'a.'.repeat(50_000)}b): pass\n`, true),
  kept('a.py', `class A:\n x: ${'a['.repeat(20_000)}\n`, true),
  kept('config.yml', `a: ${'['.repeat(32_000)}`),
  // The library takes itself back out of each level by another call.
  kept('config.yml', `${'- '.repeat(16_000)}\n- `),
  kept('config.yml', `${'? '.repeat(16_000)}}a`),
  kept('config.yml', `a\n:\n${'[a]\n'.repeat(8_000)}`),
  kept('config.yml', `jtype: &a [*a]\n`),
  kept('config.yml', `jtype: A\npy_modules: &a [*a]\n`),
  kept('manifest.yml', 'keywords: &a [*a]\n'),
  kept('manifest.yml', '__proto__: {name: x}\nname: [[]]\n'),
  kept('pyproject.toml', `a = ${'['.repeat(50_000)}`),
  kept('pyproject.toml', '__proto__.x = 1\n[tool.poetry.dependencies.__proto__]\nversion = "1"\n'),
  kept('requirements.txt', '${'.repeat(50_000)),
  kept('Dockerfile', `RUN ${'<<A '.repeat(20_000)}\n`),
];

async function outcomeOf(one: Package): Promise<Package | null> {
  try {
    return { ...one, files: filesAfter(one.files, await normalise(inputOf(one))) };
  } catch (error) {
    if (!(error instanceof NormaliserError)) throw error;
    expect(error.message).toMatch(/^[A-Z_a-z][^\n]*\.$/);
    return null;
  }
}

/** What must hold for packages. */
export const packagesFuzz: Fuzz[] = [
  fuzz({
    name: 'packages are refused by a NormaliserError or completed once and for all, in little time and memory',
    inputs: packages,
    kept: keptPackages,
    async holds(one) {
      const before = process.cpuUsage();
      const outcome = await outcomeOf(one);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000).toBeLessThan(INPUT_MS);
      expect(process.memoryUsage.rss()).toBeLessThan(MEMORY_BYTES);
      if (outcome) expect((await normalise(inputOf(outcome))).changes).toEqual(new Map());
    },
  }),
];
