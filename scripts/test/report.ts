import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** A tally and, where something could not be run, what is missing. */
export interface SuiteResult extends Tally {
  note?: string;
  /** The failed tests, by file and name. */
  failures?: string[];
}

/** A check that passes or fails as a whole. */
export function checkResult(exitCode: number): SuiteResult {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** A suite that this machine cannot run. */
export function notRun(note: string): SuiteResult {
  return { passed: 0, failed: 0, skipped: 1, note: `Not run: ${note}` };
}

function read<T>(file: string): Partial<T> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return {};
  }
}

/** What a runner reported; one that failed without a failed test, or without a report, counts as a failed test. */
function settle(tally: SuiteResult, exitCode: number): SuiteResult {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** From the JSON report of vitest. */
export function vitestResult(file: string, exitCode: number): SuiteResult {
  const report = read<VitestReport>(file);
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  const failures = (report.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${path.basename(name)}: ${fullName}`),
  );
  const tally = { passed: report.numPassedTests ?? 0, failed: report.numFailedTests ?? 0, skipped, failures };
  return settle(tally, exitCode);
}

interface PlaywrightSuite {
  specs?: { file: string; line: number; title: string; tests: { status: string }[] }[];
  suites?: PlaywrightSuite[];
}

function failedSpecs({ specs = [], suites = [] }: PlaywrightSuite): string[] {
  const failed = specs.filter(({ tests }) =>
    tests.some(({ status }) => status === 'unexpected' || status === 'flaky'),
  );
  return [
    ...failed.map(({ file, line, title }) => `${file}:${line}: ${title}`),
    ...suites.flatMap(failedSpecs),
  ];
}

/** From the JSON report of Playwright; a test that passed at a second try has failed. */
export function playwrightResult(file: string, exitCode: number): SuiteResult {
  const { stats, ...root } = read<
    PlaywrightSuite & { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }
  >(file);
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
  const tally = { passed: stats?.expected ?? 0, failed, skipped: stats?.skipped ?? 0 };
  return settle({ ...tally, failures: failedSpecs(root) }, exitCode);
}
