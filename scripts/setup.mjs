// Makes a clone ready: installs, generates and builds what is missing or older than its sources. The first half
// runs on the host's own Node 20 or newer, before anything is installed: plain JavaScript, no dependency.
// Flags: --no-build leaves the pages alone (npm run dev builds them itself), --quiet says nothing unless it fails.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from './find-node.mjs';
import { holdSetupLock } from './setup-lock.mjs';
import { digestOf, isFresh, stamp } from './stamps.mjs';

// Not import.meta.dirname, which begins with Node 20.11.
const root = fileURLToPath(new URL('..', import.meta.url));
const wantsBuild = !process.argv.includes('--no-build');
const isQuiet = process.argv.includes('--quiet');

const MANIFESTS = ['package.json', 'package-lock.json'];
const STEPS = {
  install: { stamp: 'node_modules/.groundstation', sources: MANIFESTS },
  generate: {
    stamp: 'generated/.groundstation',
    sources: ['package-lock.json', 'prisma.config.ts', 'prisma/schema.prisma'],
  },
  build: {
    stamp: '.next/.groundstation',
    sources: [
      ...[
        'package-lock.json',
        'next.config.js',
        'postcss.config.mjs',
        'tsconfig.json',
        'prisma/schema.prisma',
      ],
      ...['app', 'components', 'lib', 'public', 'instrumentation.ts'],
    ],
  },
};

function fail(sentence, detail = '') {
  console.error(detail ? `${detail.trimEnd()}\n${sentence}` : sentence);
  process.exit(1);
}

/** Runs a program of ours to its end; its output is shown only when it fails. */
function run(what, program, args, environment = process.env) {
  const options = { cwd: root, env: environment, encoding: 'utf8', maxBuffer: 2 ** 28 };
  const { status, stdout, stderr, error } = spawnSync(program, args, options);
  if (status !== 0) fail(`${what} failed.`, error?.message ?? `${stdout}${stderr}`);
}

/** The environment for programs that look for `node` on the PATH. */
function onNode(node) {
  const { NODE_ENV: _, ...inherited } = process.env;
  return { ...inherited, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
}

/** `npm ci` by the host's npm on `node`. No package's install script is needed, so none is run. */
function npmCi(node) {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) run('npm ci', node, [cli, ...args], onNode(node));
  else run('npm ci', 'npm', args, onNode(node));
}

/** Not the Node in node_modules, which may be the one that runs this: `npm ci` deletes it on its way. */
const hostNode = process.env.npm_node_execpath ?? process.execPath;

/** npm leaves out platform binaries that do not list its Node; some of ours begin with 20.19 and 22.12. */
function npmLeavesOut(node) {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout;
  const [major, minor] = version.slice(1).split('.').map(Number);
  return (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12) || major === 23;
}

function install() {
  npmCi(hostNode);
  const brought = findNode();
  if (!brought || !npmLeavesOut(hostNode)) return;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundstation-node-'));
  const copy = path.join(folder, 'node');
  copyFileSync(brought, copy);
  npmCi(copy);
  rmSync(folder, { recursive: true });
}

/** Does `work` when the step's sources have changed since it was last done. */
function step(label, { stamp: stampFile, sources }, work) {
  const file = path.join(root, stampFile);
  const digest = digestOf(root, sources);
  if (isFresh(file, digest)) return;
  if (!isQuiet) process.stdout.write(`${label}…\n`);
  // Gone while the work goes on, so that what is cut short is done again.
  rmSync(file, { force: true });
  work();
  stamp(file, digest);
}

await holdSetupLock(root);
step('Installing packages (a minute)', STEPS.install, install);
const node = findNode();
if (!node)
  fail(`Node 24 is needed and npm has none for ${process.platform}-${process.arch}; install Node 24.`);
step('Generating the database client', STEPS.generate, () => {
  run('prisma generate', node, ['scripts/prisma.mjs', 'generate'], onNode(node));
});
if (wantsBuild) {
  step('Building the pages (half a minute)', STEPS.build, () => {
    const env = { ...onNode(node), NEXT_TELEMETRY_DISABLED: '1' };
    run('next build', node, ['node_modules/next/dist/bin/next', 'build'], env);
  });
}
// The lock's socket would keep the process.
process.exit();
