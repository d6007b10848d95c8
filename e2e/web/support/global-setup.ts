import { startTestServer } from '#lib/testing/server.ts';
import { ensurePythonEnv } from '../../../scripts/python-envs.ts';

/** Starts the server that all browser tests share; gives what stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  process.env.GS_PYTHON_DOCARRAY1 ??= (await ensurePythonEnv('docarray-0.21')).python;
  const server = await startTestServer();
  process.env.GS_URL = server.url;
  process.env.GS_DATABASE_URL = server.databaseUrl;
  process.env.GS_DATA_DIR = server.dataDir;
  process.env.GS_SETUP_CODE = await server.setupCode();
  return () => server.stop();
}
