import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkResult, type SuiteResult, type Tally } from './test/report.ts';
import { type Suite, slowSuites, suites } from './test/suites.ts';

/**
 * `npm test`: every suite in turn, each with its time and its counts, and one summary as the last line.
 * Some of them only: `npm test -- lint browser`. With `--slow` (`npm run test:slow`): the slow suites in their place.
 */

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function counts({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A suite that throws has failed as a whole; the others still run. */
async function runOne(suite: Suite, report: string): Promise<SuiteResult> {
  try {
    return await suite.run(report);
  } catch (error) {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return checkResult(1);
  }
}

async function runAll(known: Suite[], chosen: string[]): Promise<Tally> {
  const unknown = chosen.find((name) => !known.some((suite) => suite.name === name));
  if (unknown)
    throw new Error(`There is no suite "${unknown}"; there are ${known.map((s) => s.name).join(', ')}.`);
  const total: Tally = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  const failed: string[] = [];
  const reports = mkdtempSync(path.join(os.tmpdir(), 'groundstation-reports-'));
  try {
    for (const suite of known.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
      print(`\n── ${suite.name}: ${suite.what}`);
      const startedAt = performance.now();
      const { note, failures = [], ...tally } = await runOne(suite, path.join(reports, suite.name));
      failed.push(...failures.map((failure) => `failed: ${suite.name}: ${failure}`));
      for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += tally[key];
      lines.push(`${suite.name}: ${counts(tally)}, ${seconds(startedAt)}${note ? `. ${note}` : ''}`);
      print(lines.at(-1) ?? '');
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  print(`\n${[...lines, ...failed].join('\n')}`);
  return total;
}

const words = process.argv.slice(2);
const isSlow = words.includes('--slow');
const total = await runAll(
  isSlow ? slowSuites : suites,
  words.filter((word) => word !== '--slow'),
);
print(counts(total));
process.exitCode = total.failed > 0 ? 1 : 0;
