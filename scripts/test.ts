import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkResult, type SuiteResult, type Tally } from './test/report.ts';
import { type Suite, suites } from './test/suites.ts';

/**
 * `npm test`: every suite in turn, each with its time and its counts, and one summary as the last line.
 * Some of them only: `npm test -- lint browser`.
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

async function runAll(chosen: string[]): Promise<Tally> {
  const unknown = chosen.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown)
    throw new Error(`There is no suite "${unknown}"; there are ${suites.map((s) => s.name).join(', ')}.`);
  const total: Tally = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  const reports = mkdtempSync(path.join(os.tmpdir(), 'groundstation-reports-'));
  try {
    for (const suite of suites.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
      print(`\n── ${suite.name}: ${suite.what}`);
      const startedAt = performance.now();
      const { note, ...tally } = await runOne(suite, path.join(reports, suite.name));
      for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += tally[key];
      lines.push(`${suite.name}: ${counts(tally)}, ${seconds(startedAt)}${note ? `. ${note}` : ''}`);
      print(lines.at(-1) ?? '');
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  print(`\n${lines.join('\n')}`);
  return total;
}

const total = await runAll(process.argv.slice(2));
print(counts(total));
process.exitCode = total.failed > 0 ? 1 : 0;
