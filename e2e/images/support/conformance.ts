import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '#lib/root.ts';
import { run } from './run.ts';

const MODULE = 'github.com/opencontainers/distribution-spec/conformance';
/** The OCI numbers the specification, not this module of it. */
const VERSION = 'v0.0.0-20260831232431-97274622c111';
const FOLDER = path.join(ROOT, '.cache/oci-conformance', VERSION);

/**
 * The OCI's own tests of a registry, built from the Go module once and kept in `.cache`.
 * @returns the path of the program, or null where there is no Go that can build it.
 */
export async function conformanceProgram(): Promise<string | null> {
  const program = path.join(FOLDER, 'conformance');
  if (existsSync(program)) return program;
  mkdirSync(FOLDER, { recursive: true });
  const { HOME = '/root', GOPROXY } = process.env;
  const env = {
    HOME,
    GOBIN: FOLDER,
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
    ...(GOPROXY ? { GOPROXY } : {}),
  };
  const built = await run(['go', 'install', `${MODULE}@${VERSION}`], { env, seconds: 300 }).catch(() => null);
  return built?.code === 0 ? program : null;
}
