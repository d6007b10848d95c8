import { startTestServer } from '#lib/testing/server.ts';
import { ensurePythonEnv } from '../../../scripts/python-envs.ts';

/** Starts the server that all browser tests share; gives what stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  process.env.GS_PYTHON_DOCARRAY1 ??= (await ensurePythonEnv('docarray-0.21')).python;
  // Each test says an address of its own, so that one's wrong passwords do not stop another's sign-in.
  const server = await startTestServer({ TRUST_PROXY: '127.0.0.1' });
  process.env.GS_URL = server.url;
  process.env.GS_DATABASE_URL = server.databaseUrl;
  process.env.GS_DATA_DIR = server.dataDir;
  process.env.GS_SETUP_CODE = await server.setupCode();
  return () => server.stop();
}
