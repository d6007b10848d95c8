import { runSdkTests, type SdkRun } from '../../e2e/sdk/run.ts';
import { ensurePackages } from './packages.ts';
import { checkResult, notRun, playwrightResult, type SuiteResult, vitestResult } from './report.ts';
import { runProgram, runTool } from './run-tool.ts';

export interface Suite {
  name: string;
  /** For the person who watches. */
  what: string;
  /** @param report a path, unique to the suite, for what its runner reports. */
  run(report: string): Promise<SuiteResult>;
}

function check(name: string, what: string, run: () => Promise<number>): Suite {
  return { name, what, run: async () => checkResult(await run()) };
}

function vitest(name: string, what: string, options: string[]): Suite {
  return {
    name,
    what,
    async run(report) {
      const file = `${report}.json`;
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      return vitestResult(file, await runTool('vitest/vitest.mjs', ['run', ...options, ...reporters]));
    },
  };
}

async function runBrowser(report: string): Promise<SuiteResult> {
  const missing = await ensurePackages(['chromium', 'python3-venv']);
  if (missing) return notRun(missing);
  // Where it cannot be had, the test that needs it says so.
  await ensurePackages(['docker-registry']);
  const file = `${report}.json`;
  const code = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return playwrightResult(file, code);
}

/** Ceph's gateway is the S3 that checks signatures, expiry and conditions as the real ones do. */
const S3_PACKAGES = ['ceph-common', 'ceph-mon', 'ceph-osd', 'radosgw'] as const;

const s3 = vitest('s3', 'the blob store, crashes and faults on a real S3', ['--project=s3']);

async function runS3(report: string): Promise<SuiteResult> {
  // The registry of images keeps its layers there too.
  const missing = await ensurePackages([...S3_PACKAGES, 'docker-registry', 'skopeo']);
  return missing ? notRun(missing) : s3.run(report);
}

/** Debian's engine, registry and builders: the tests of images run beside the real ones. */
const IMAGE_PACKAGES = [
  'docker.io',
  'docker-compose',
  'docker-registry',
  'buildah',
  'podman',
  'skopeo',
  'runc',
  'netavark',
  'iptables',
  'uidmap',
  'debootstrap',
  'mmdebstrap',
  'nginx',
  'caddy',
  'openssl',
  'chromium',
  'python3-venv',
] as const;

const images = vitest('images', 'builds, the registry and engines that pull', ['--project=images']);

async function runImages(report: string): Promise<SuiteResult> {
  if (process.getuid?.() !== 0) return notRun('Builds of images and engines are tested as root alone.');
  const missing = await ensurePackages([...IMAGE_PACKAGES]);
  return missing ? notRun(missing) : images.run(report);
}

function clientsResult({ results, stale }: SdkRun): SuiteResult {
  const sum = (key: 'passed' | 'failed' | 'skipped') =>
    results.reduce((total, { report }) => total + report[key], 0);
  const absent = results.filter((one) => one.missing);
  const reasons = absent.map(({ name, missing: reason }) => `Not run: ${name}: ${reason}`);
  const note = [...reasons, stale ?? ''].join(' ').trim();
  const failed = sum('failed') + (stale ? 1 : 0);
  return { passed: sum('passed'), failed, skipped: sum('skipped') + absent.length, note };
}

async function runClients(): Promise<SuiteResult> {
  const missing = await ensurePackages(['python3-venv']);
  return missing ? notRun(missing) : clientsResult(await runSdkTests());
}

async function runClientsOnS3(): Promise<SuiteResult> {
  const missing = await ensurePackages(['python3-venv', ...S3_PACKAGES]);
  if (missing) return notRun(missing);
  return clientsResult(await runSdkTests({ only: ['docarray-0.21', 'docarray-0.38'], onS3: true }));
}

const build = check('build', 'the database client and the pages', () =>
  runProgram(process.execPath, ['scripts/setup.mjs']),
);

/** Everything that `npm test` runs, in this order; the quick ones first, and the build before who needs it. */
export const suites: Suite[] = [
  build,
  check('lint', 'formatting and lint (biome)', () =>
    runTool('@biomejs/biome/bin/biome', ['ci', '--colors=off']),
  ),
  check('types', 'tsc', () => runTool('typescript/bin/tsc', ['--noEmit'])),
  check('unused', 'files, exports and dependencies that nothing uses (knip)', () =>
    runTool('knip/bin/knip.js', []),
  ),
  vitest('unit', 'lib and components', ['--project=unit', '--project=integration']),
  vitest('contract', 'every method, in the fast lane and through Next', [
    '--config=e2e/contract/vitest.config.ts',
  ]),
  vitest('platform', 'start, stop, crash and refusal', ['--project=platform']),
  { ...s3, run: runS3 },
  { ...images, run: runImages },
  vitest('model', 'many clients, kills and cuts against a model of what may be seen', ['--project=model']),
  { name: 'browser', what: 'the pages in Chromium', run: runBrowser },
  { name: 'clients', what: 'the real Python clients, each generation', run: runClients },
  { name: 'clients-s3', what: 'two of them with the bytes in a real S3', run: runClientsOnS3 },
];

/** What `npm run test:slow` runs: what takes longer than a change should wait for. */
export const slowSuites: Suite[] = [
  build,
  vitest('slow', 'long fuzzing, long models, trickled pushes and pulls', ['--project=slow']),
];
