#!/usr/bin/env node
// Prisma's CLI talks to a native `schema-engine` that it downloads from its vendor's host. Prisma publishes
// the same engine as WebAssembly on npm. This program gives that one the native program's command line and
// its line-delimited JSON-RPC, so that the stock CLI works with nothing but npm. `scripts/prisma.mjs` sets it.
import { readFileSync } from 'node:fs';
import readline from 'node:readline';
import { parseArgs } from 'node:util';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { createDatabase, databaseExists, MigrationAdapterFactory } from './schema-engine-postgres.mjs';

/** The CLI knows the WebAssembly engine's `version` under its native name. */
const RENAMED_METHODS = { getDatabaseVersion: 'version' };

/** What the CLI calls a failure in its replies; the details are in `data`. */
const JSON_RPC_FAILURE = { code: 4466, message: 'An error happened. Check the data field for details.' };

function engineRevision() {
  const manifest = readFileSync(
    new URL('package.json', import.meta.resolve('@prisma/schema-engine-wasm')),
    'utf8',
  );
  return JSON.parse(manifest).version.split('.').pop();
}

/** Instantiates the engine by hand: its own entry point imports the .wasm file, which Node cannot do unflagged. */
async function loadEngine({ url, datamodels }) {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = readFileSync(
    new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm')),
  );
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };
  const options = datamodels.length > 0 ? { datamodels } : {};
  const adapter = bindMigrationAwareSqlAdapterFactory(new MigrationAdapterFactory(url));
  return bindings.SchemaEngine.new(options, () => {}, adapter);
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

function failureOf(error) {
  const data = {
    is_panic: false,
    message: error.message ?? String(error),
    meta: error.meta ?? null,
    error_code: error.code ?? null,
  };
  return { ...JSON_RPC_FAILURE, data };
}

/** Answers the CLI's requests, one a line, until it closes our stdin. */
async function serve(context) {
  let engine;
  const call = async (method, params) => {
    if (method === 'createDatabase') return { databaseName: await createDatabase(context.url) };
    engine ??= await loadEngine(context);
    // It relies on a schema that `devDiagnostic` remembered of the migrations applied by then; `migrate dev`
    // may have applied more since, and this engine cannot make it up at this point as the native one does.
    if (method === 'evaluateDataLoss') await engine.devDiagnostic(params);
    return engine[RENAMED_METHODS[method] ?? method](params);
  };
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { id, method, params } = JSON.parse(line);
    // A line without a method is the CLI's receipt for our `print` below.
    if (!method) continue;
    try {
      const result = await call(method, params);
      // The native engine prints a diff by asking the CLI to; the WebAssembly one only returns it.
      if (method === 'diff' && result.stdout != null) {
        send({ id: 'print', method: 'print', params: { content: result.stdout } });
      }
      send({ id, result: result ?? {} });
    } catch (error) {
      send({ id, error: failureOf(error) });
    }
  }
}

/** The engine's own sub-commands. The CLI reads the outcome from the exit code and the JSON line on stderr. */
async function runCommand(command, url) {
  if (command === 'create-database') await createDatabase(url);
  else if (command === 'can-connect-to-database') await databaseExists(url);
  else throw new Error(`The schema engine has no command "${command}".`);
}

function reportCommandFailure(error) {
  const prismaCodes = { '3D000': 'P1003', ECONNREFUSED: 'P1001' };
  const fields = {
    message: error.message,
    error_code: prismaCodes[error.code] ?? error.code,
    is_panic: false,
  };
  const timestamp = new Date().toISOString();
  // The CLI skips the first line.
  console.error();
  console.error(JSON.stringify({ fields, level: 'ERROR', timestamp, target: 'schema_engine::logger' }));
}

const { values, positionals } = parseArgs({
  strict: false,
  options: {
    version: { type: 'boolean' },
    datasource: { type: 'string', default: '{}' },
    datamodels: { type: 'string', multiple: true, default: [] },
  },
});

if (values.version) {
  process.stdout.write(`schema-engine-cli ${engineRevision()}\n`);
} else {
  const { url } = JSON.parse(values.datasource);
  const [mode, command] = positionals;
  if (mode === 'cli') {
    await runCommand(command, url).catch((error) => {
      reportCommandFailure(error);
      process.exitCode = 1;
    });
  } else {
    await serve({ url, datamodels: values.datamodels.map((path) => [path, readFileSync(path, 'utf8')]) });
  }
  // The engine's connections would keep the process.
  process.exit();
}
