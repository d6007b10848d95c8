import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { normalise } from '#lib/normaliser/normalise.ts';
import { NormaliserError } from '#lib/normaliser/types.ts';
import { inputOf } from '#lib/testing/executor-packages.ts';

const MEBIBYTE = 1_048_576;
const EXECUTOR = 'from jina import Executor, requests\n\n\nclass MyExecutor(Executor):\n    pass\n';

function inputFor(texts: Record<string, string>) {
  const files = Object.entries(texts).map(([file, text]) => [file, Buffer.from(text)] as const);
  return inputOf({ files: new Map(files), push: { client: {} } });
}

async function refusalOf(input: Parameters<typeof normalise>[0]): Promise<NormaliserError> {
  const error = await normalise(input).catch((thrown: unknown) => thrown);
  if (error instanceof NormaliserError) return error;
  throw error;
}

/** Valid Python of about so many bytes. */
function pythonOf(bytes: number): string {
  return 'def f(a, b=[1, 2]): return a + b  # x\n'.repeat(Math.floor(bytes / 38));
}

describe('the limits of a package', () => {
  it('a text file above 1 MiB is refused without being read', async () => {
    const read = () => {
      throw new Error('was read');
    };
    const files = new Map([['executor.py', MEBIBYTE + 1]]);
    const error = await refusalOf({ files, read, client: {} });
    expect(error).toMatchObject({ code: 5000, file: 'executor.py' });
    expect(error.message).toContain('1,048,577 bytes');
  });

  it('a file with more bytes than announced, or none handed over, is refused', async () => {
    const files = new Map([['executor.py', 3]]);
    const long = new Uint8Array(MEBIBYTE + 1).fill(32);
    for (const read of [() => long, () => undefined]) {
      expect(await refusalOf({ files, read, client: {} })).toMatchObject({ code: 5000, file: 'executor.py' });
    }
  });

  it('2,000 Python files are read, one more is refused', { timeout: 60_000 }, async () => {
    const helpers = Array.from({ length: 1_999 }, (_, at) => [`h${at}.py`, `import h${at + 1}\n`]);
    const texts = { ...Object.fromEntries(helpers), 'a.py': EXECUTOR };
    expect((await normalise(inputFor(texts))).className).toBe('MyExecutor');
    expect((await refusalOf(inputFor({ ...texts, 'b.py': '' }))).message).toContain('2,000 Python files');
  });

  it('4 MiB of Python are read, more is refused', { timeout: 60_000 }, async () => {
    const big = pythonOf(MEBIBYTE - 100);
    const texts = { 'a.py': EXECUTOR, 'b.py': big, 'c.py': big, 'd.py': big };
    expect((await normalise(inputFor(texts))).className).toBe('MyExecutor');
    const error = await refusalOf(inputFor({ ...texts, 'e.py': big, 'f.py': pythonOf(1_000) }));
    expect(error.message).toContain('4 MiB of Python');
  });

  it('a readme that cannot be read is a warning', async () => {
    const { files, read } = inputFor({ 'a.py': EXECUTOR });
    const outcome = await normalise({
      files: new Map([...files, ['README.md', MEBIBYTE + 1]]),
      read,
      client: {},
    });
    expect(outcome).toMatchObject({ readme: null, score: { readmeExists: true } });
    expect(outcome.warnings).toEqual([expect.stringContaining('README.md has 1,048,577 bytes')]);
  });
});

describe('reading Python', () => {
  it('leaves the process free for others', { timeout: 60_000 }, async () => {
    const reading = normalise(inputFor({ 'a.py': EXECUTOR, 'b.py': pythonOf(MEBIBYTE - 100) }));
    let turns = 0;
    let isDone = false;
    const done = reading.then(() => {
      isDone = true;
    });
    for (; !isDone; turns += 1) await sleep(1);
    await done;
    expect(turns).toBeGreaterThan(20);
  });

  it('goes on after a file that took all of the memory, also for packages beside it', async () => {
    const ruinous = inputFor({ 'a.py': ":'await ".repeat(14_000) });
    const good = inputFor({ 'a.py': EXECUTOR });
    const [refused, ...others] = await Promise.all([refusalOf(ruinous), normalise(good), normalise(good)]);
    expect(refused.message).toBe('a.py takes too long to read; make it simpler or split it.');
    for (const one of [...others, await normalise(good)]) expect(one.className).toBe('MyExecutor');
  });

  it('makes more packages than there are threads wait for their turn', async () => {
    const texts = Array.from({ length: 8 }, (_, at) => ({
      'a.py': EXECUTOR.replace('MyExecutor', `E${at}`),
    }));
    const outcomes = await Promise.all(texts.map((one) => normalise(inputFor(one))));
    expect(outcomes.map(({ className }) => className)).toEqual(texts.map((_, at) => `E${at}`));
  });

  it('keeps the number of each line below a long comment', { timeout: 60_000 }, async () => {
    const comment = '    # taken out for now, and kept because one never knows\n'.repeat(10_000);
    const error = await refusalOf(inputFor({ 'a.py': `class A:\n    x = 1\n${comment}    def f(self:\n` }));
    expect(error).toMatchObject({ code: 5000, file: 'a.py', line: 10_003 });
  });
});
