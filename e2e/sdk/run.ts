import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '#lib/root.ts';
import {
  ensurePythonEnv,
  type PythonEnv,
  PythonEnvError,
  pythonEnvFacts,
  pythonEnvNames,
} from '../../scripts/python-envs.ts';
import { type Report, readReport } from './junit.ts';
import { runPytest } from './pytest.ts';
import { type Station, startStation } from './station.ts';
import { asPage, asText, type Column, tablesOf } from './table.ts';

/**
 * The real, unmodified Python clients against one server: `node e2e/sdk/run.ts [ENVIRONMENT…]`. Each environment of
 * `requirements/` runs the suites that it names, two environments at a time. `--table` writes the page of clients and
 * operations, which is compared otherwise. `--s3` runs the matrix with the bytes in a real S3.
 */

const PAGE = 'docs/clients.md';
/** The smallest machine has two cores, and the server wants some of them too. */
const AT_A_TIME = 2;

/** How the suites of one environment went. */
export interface SdkResult {
  name: string;
  report: Report;
  /** Why they were not run, when they were not. */
  missing?: string;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const NOTHING: Report = { passed: 0, failed: 0, skipped: 0, seconds: 0, rows: [], outcomes: new Map() };

/** What all environments of a run have in common. */
interface Setting {
  /** Where the reports go. */
  folder: string;
  station: Station;
  /** All suites of an environment, or only the matrix. */
  isWhole: boolean;
}

async function runSuites(environment: PythonEnv, { folder, station, isWhole }: Setting): Promise<Report> {
  const { name, python } = environment;
  const file = path.join(folder, `${name}.xml`);
  const suites = environment.suites.filter((suite) => isWhole || isOfMatrix(suite));
  const { exitCode, output } = await runPytest({ python, suites }, file, await station.variables());
  const report = await readReport(file);
  print(`\n${name}\n${output.trimEnd()}`);
  // A run that died before it could report has failed too.
  return exitCode !== 0 && report.failed === 0 ? { ...report, failed: 1 } : report;
}

async function runEnvironment(name: string, setting: Setting): Promise<SdkResult> {
  const environment = await ensurePythonEnv(name).catch((error: Error) => {
    if (error instanceof PythonEnvError) return error.message;
    throw error;
  });
  if (typeof environment === 'string') return { name, report: NOTHING, missing: environment };
  return { name, report: await runSuites(environment, setting) };
}

/** Each of `names`, `AT_A_TIME` of them; the results are in the order of the names. */
async function runEnvironments(names: string[], setting: Setting): Promise<SdkResult[]> {
  const results: SdkResult[] = [];
  const left = names.entries();
  const work = async () => {
    for (const [index, name] of left) results[index] = await runEnvironment(name, setting);
  };
  const workers = await Promise.allSettled(Array.from({ length: AT_A_TIME }, work));
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
  return results;
}

/**
 * Starts a server, runs the suites of all environments (or of `only`) and stops it.
 * An environment that this machine cannot have is reported as missing, not failed.
 */
async function runAll(only: string[], onS3: boolean): Promise<SdkResult[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'groundstation-sdk-'));
  const station = await startStation(onS3);
  try {
    const names = only.length > 0 ? only : await pythonEnvNames();
    return await runEnvironments(names, { folder, station, isWhole: !onS3 });
  } finally {
    await rm(folder, { recursive: true, force: true });
    await station.stop();
  }
}

function isOfMatrix(suite: string): boolean {
  return suite.startsWith('matrix/');
}

/** The column of a client; null for one that runs nothing of the matrix. */
async function columnOf({ name, report: measured, missing }: SdkResult): Promise<Column | null> {
  const { pins, suites } = await pythonEnvFacts(name);
  if (!suites.some(isOfMatrix)) return null;
  const report = missing ? null : measured;
  if (suites.includes('matrix/executors')) {
    const versions = [pins.get('jina'), pins.has('jina-hubble-sdk') && `SDK ${pins.get('jina-hubble-sdk')}`];
    return { product: 'jina hub', version: versions.filter(Boolean).join(', '), report };
  }
  const product = pins.has('docarray') ? 'docarray' : 'jina-hubble-sdk';
  return { product, version: pins.get(product) ?? name, report };
}

function describe({ name, report, missing }: SdkResult): string {
  if (missing) return `${name}: not run. ${missing}`;
  const { passed, failed, skipped, seconds } = report;
  return `${name}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds.toFixed(1)} s`;
}

interface SdkOptions {
  /** Environments; all when there are none. */
  only?: string[];
  /** The matrix alone, with the bytes in a real S3. */
  onS3?: boolean;
  /** Writes docs/clients.md in place of comparing it. */
  writesPage?: boolean;
}

/** The results, and a sentence when docs/clients.md is not what was measured. */
export interface SdkRun {
  results: SdkResult[];
  stale: string | null;
}

/** Runs the clients, prints what went how, and keeps docs/clients.md honest where all of them were run. */
export async function runSdkTests({
  only = [],
  onS3 = false,
  writesPage = false,
}: SdkOptions = {}): Promise<SdkRun> {
  const results = await runAll(only, onS3);
  const columns = (await Promise.all(results.map(columnOf))).filter((column) => column !== null);
  const tables = tablesOf(columns);
  print(['', ...results.map(describe), '', tables.map(asText).join('\n\n')].join('\n'));
  const isGood = columns.every(({ report }) => report?.failed === 0);
  if (!isGood || onS3 || only.length > 0) return { results, stale: null };
  const file = path.join(ROOT, PAGE);
  if (writesPage) await writeFile(file, asPage(tables));
  const page = await readFile(file, 'utf8').catch(() => '');
  const stale = `${PAGE} is not what was measured. Write it anew: node e2e/sdk/run.ts --table.`;
  return { results, stale: page === asPage(tables) ? null : stale };
}

if (import.meta.main) {
  const { values, positionals: only } = parseArgs({
    options: { s3: { type: 'boolean' }, table: { type: 'boolean' } },
    allowPositionals: true,
  });
  const { results, stale } = await runSdkTests({ only, onS3: values.s3, writesPage: values.table });
  const total = (key: 'passed' | 'failed' | 'skipped') =>
    results.reduce((sum, { report }) => sum + report[key], 0);
  if (stale) print(stale);
  print(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
  const isGood = !stale && results.every(({ missing, report }) => !missing && report.failed === 0);
  process.exitCode = isGood ? 0 : 1;
}
