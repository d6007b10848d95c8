import { goProgram } from './go-program.ts';

const PACKAGE = 'github.com/opencontainers/distribution-spec/conformance';
/** The OCI numbers the specification, not this module of it. */
const VERSION = 'v0.0.0-20260831232431-97274622c111';

/** The OCI's own tests of a registry; null where they cannot be built. */
export async function conformanceProgram(): Promise<string | null> {
  return goProgram(PACKAGE, VERSION);
}
