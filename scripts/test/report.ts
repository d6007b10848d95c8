import { readFileSync } from 'node:fs';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** A tally and, where something could not be run, what is missing. */
export interface SuiteResult extends Tally {
  note?: string;
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
function settle(tally: Tally, exitCode: number): SuiteResult {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** From the JSON report of vitest. */
export function vitestResult(file: string, exitCode: number): SuiteResult {
  const report = read<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
  }>(file);
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  const tally = { passed: report.numPassedTests ?? 0, failed: report.numFailedTests ?? 0, skipped };
  return settle(tally, exitCode);
}

/** From the JSON report of Playwright; a test that passed at a second try has failed. */
export function playwrightResult(file: string, exitCode: number): SuiteResult {
  const { stats } = read<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  }>(file);
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
  return settle({ passed: stats?.expected ?? 0, failed, skipped: stats?.skipped ?? 0 }, exitCode);
}
