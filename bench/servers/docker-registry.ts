import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestOf, payloadOf } from '../load/payload.ts';
import type { Job } from '../load/plan.ts';
import type { Api, Server } from '../server.ts';
import { findProgram, freePort, startChild, until } from './child.ts';

const REPOSITORY = '/v2/bench/blobs';
/** Larger ones are sent in a request of their own, as `docker push` does. */
const MONOLITHIC_BYTES = 1_000_000;

function push(name: string, sizeBytes: number): Job {
  const payload = payloadOf(name, sizeBytes);
  const begin = {
    verb: 'POST' as const,
    path: `${REPOSITORY}/uploads/`,
    headers: {},
    status: 202,
    next: 'location' as const,
  };
  const headers = { 'content-type': 'application/octet-stream' };
  const finish = {
    verb: 'PUT' as const,
    path: `{next}?digest=sha256:${digestOf(name, sizeBytes)}`,
    headers,
    status: 201,
  };
  if (sizeBytes < MONOLITHIC_BYTES) return [begin, { ...finish, payload }];
  const send = {
    verb: 'PATCH' as const,
    path: '{next}',
    headers,
    payload,
    status: 202,
    next: 'location' as const,
  };
  return [begin, send, finish];
}

/** Its clients name a blob by its digest, for which the size must be known as well. */
function apiOf(storage: string): Api {
  const sizes = new Map<string, number>();
  const target = (name: string) => `${REPOSITORY}/sha256:${digestOf(name, sizes.get(name) ?? 0)}`;
  return {
    push: async (name, sizeBytes) => {
      sizes.set(name, sizeBytes);
      return push(name, sizeBytes);
    },
    pull: async (name, sizeBytes) => [
      { verb: 'GET', path: target(name), headers: {}, status: 200, lengthBytes: sizeBytes },
    ],
    stat: async (name) => [{ verb: 'HEAD', path: target(name), headers: {}, status: 200 }],
    async remove(names) {
      const registry = path.join(storage, 'docker/registry/v2');
      for (const name of names) {
        const digest = digestOf(name, sizes.get(name) ?? 0);
        const places = [
          `blobs/sha256/${digest.slice(0, 2)}/${digest}`,
          `repositories/bench/_layers/sha256/${digest}`,
        ];
        for (const place of places) await rm(path.join(registry, place), { recursive: true, force: true });
      }
    },
  };
}

/** The Distribution registry on a folder, as Debian packages it; null where `docker-registry` is not on the PATH. */
export async function startDockerRegistry(parent: string): Promise<Server | null> {
  const program = findProgram('docker-registry', undefined);
  if (!program) return null;
  const port = await freePort();
  const storage = path.join(parent, 'docker-registry');
  const config = path.join(parent, 'docker-registry.json');
  const settings = {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: storage }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}` },
  };
  // JSON is YAML.
  await writeFile(config, JSON.stringify(settings));
  const child = startChild(program, ['serve', config], { OTEL_TRACES_EXPORTER: 'none' });
  const origin = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${origin}/v2/`)).ok, child);
  const { pid, stop } = child;
  return {
    name: 'docker-registry',
    label: 'docker-registry',
    origin,
    pid,
    roots: [pid],
    api: apiOf(storage),
    stop,
  };
}
