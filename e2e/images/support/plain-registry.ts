import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const run = promisify(execFile);
const REPOSITORY = 'jinahub/ab12cd34';
const POLL_MS = 50;
const GIVE_UP_MS = 20_000;

/** What tests read of a manifest, and of what it calls its config. */
interface Described {
  config: { digest: string; Labels: Record<string, string> };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  await once(server.close(), 'close');
  return port;
}

/** A registry without rights. It needs Debian's docker-registry. */
export async function startPlainRegistry() {
  const { folder, remove } = makeTemporaryFolder();
  const host = `127.0.0.1:${await freePort()}`;
  const storage = { filesystem: { rootdirectory: path.join(folder, 'registry') } };
  const file = path.join(folder, 'registry.yml');
  await writeFile(file, JSON.stringify({ version: '0.1', storage, http: { addr: host, secret: 'x' } }));
  const words = ['--pdeathsig', 'KILL', 'docker-registry', 'serve', file];
  const child = spawn('setpriv', words, { stdio: 'ignore' });
  const url = `http://${host}/v2/`;
  const giveUpAt = Date.now() + GIVE_UP_MS;
  while (!(await fetch(url).catch(() => null))) {
    if (Date.now() > giveUpAt) throw new Error('the registry does not answer');
    await delay(POLL_MS);
  }
  const accept = 'application/vnd.docker.distribution.manifest.v2+json';
  return {
    host,
    /** Reads `manifests/…` or `blobs/…` of the tests' repository. */
    read: async (what: string) =>
      (await fetch(`${url}${REPOSITORY}/${what}`, { headers: { accept } })).json() as Promise<Described>,
    /** Unpacks all that an image is made of into `target`. */
    copyTo: async (digest: string, target: string) => {
      const names = [`docker://${host}/${REPOSITORY}@${digest}`, `dir:${target}`];
      await run('skopeo', ['copy', '--src-tls-verify=false', '--dest-decompress', ...names]);
    },
    stop: async () => {
      child.kill('SIGKILL');
      await once(child, 'close');
      remove();
    },
  };
}
