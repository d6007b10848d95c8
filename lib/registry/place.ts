import path from 'node:path';
import { env } from '#lib/env.ts';

const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '[::]']);

/** A URL of this machine's own for something that listens on HOST. */
export function ownUrl(port: number): string {
  const { HOST } = env();
  if (EVERY_ADDRESS.has(HOST)) return `http://127.0.0.1:${port}`;
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`;
}

/** Where this server reaches the registry: REGISTRY_URL, or the one that it runs itself. */
export function registryUrl(): string {
  const { REGISTRY_URL, REGISTRY_PORT } = env();
  return REGISTRY_URL ?? ownUrl(REGISTRY_PORT);
}

/** The files of our own registry. */
export function registryFiles() {
  const folder = path.join(env().DATA_DIR, 'registry');
  const inFolder = (name: string) => path.join(folder, name);
  return {
    folder,
    config: inFolder('config.yml'),
    /** The certificates that it trusts. */
    bundle: inFolder('bundle.crt'),
    storage: inFolder('storage'),
    pid: inFolder('registry.pid'),
    log: inFolder('registry.log'),
  };
}
