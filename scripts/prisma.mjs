#!/usr/bin/env node
// Runs the stock Prisma CLI with our schema engine: `node scripts/prisma.mjs migrate dev --name add_x`.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Not import.meta.dirname, which begins with Node 20.11.
const root = fileURLToPath(new URL('..', import.meta.url));
const engines = path.join(root, 'node_modules/@prisma/engines');

/** Whether Prisma's own engine is there already, as after an install with scripts on an open network. */
function hasNativeEngine() {
  return readdirSync(engines).some((name) => name.startsWith('schema-engine-'));
}

const environment = {
  ...process.env,
  // Our engine starts by `env node`, which must be the Node that runs this.
  PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}`,
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
};
if (!environment.PRISMA_SCHEMA_ENGINE_BINARY && !hasNativeEngine()) {
  environment.PRISMA_SCHEMA_ENGINE_BINARY = path.join(root, 'scripts/schema-engine.mjs');
}

const cli = path.join(root, 'node_modules/prisma/build/index.js');
const child = spawn(process.execPath, [cli, ...process.argv.slice(2)], {
  cwd: root,
  env: environment,
  stdio: 'inherit',
});
child.on('exit', (code) => process.exit(code ?? 1));
