import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '#lib/root.ts';
import { run } from './run.ts';

/**
 * A program of a Go module, built once and kept in `.cache`.
 * @param name of its package, whose last part the program is called by.
 * @returns the path of the program, or null where there is no Go that can build it.
 */
export async function goProgram(name: string, version: string): Promise<string | null> {
  const folder = path.join(ROOT, '.cache/go', path.basename(name), version);
  const program = path.join(folder, path.basename(name));
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const { HOME = '/root', GOPROXY } = process.env;
  const env = {
    HOME,
    GOBIN: folder,
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
    ...(GOPROXY ? { GOPROXY } : {}),
  };
  const built = await run(['go', 'install', `${name}@${version}`], { env, seconds: 600 }).catch(() => null);
  return built?.code === 0 ? program : null;
}
