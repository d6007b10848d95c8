import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { run } from './run.ts';

/** A real Docker Engine that nothing else uses, on a network that ends at this machine. */
export interface Engine {
  /** What clients take as DOCKER_HOST. */
  host: string;
  /** The path of its socket. */
  socket: string;
  /** Everything that it has logged. */
  log(): string;
  /** Ends its containers and itself, and takes away what it has laid down: files, mounts, its bridge. */
  stop(): Promise<void>;
}

interface EngineOptions {
  /** Its bridge's, such as `172.30.99.1/24`: of a network that nothing else here is in. */
  bip?: string;
  /** The bridge's own name, up to 15 letters. */
  bridge?: string;
}

const START_SECONDS = 60;
/**
 * The rules that it makes for packets would outlive it, and stop those of others. Without them containers reach this
 * machine by the bridge's address, published ports are served by its proxy, and nothing goes further.
 */
const NO_RULES = ['--iptables=false', '--ip-forward=false', '--ip-masq=false'];

async function stopContainers(host: string): Promise<void> {
  const env = { DOCKER_HOST: host };
  const { output } = await run(['/usr/bin/docker', 'ps', '-aq'], { env });
  const ids = output.split('\n').filter((line) => /^[0-9a-f]{12}$/.test(line));
  if (ids.length > 0) await run(['/usr/bin/docker', 'rm', '-f', ...ids], { env });
}

/** Unmounts what an engine that was killed has left below a folder. */
async function unmountBelow(folder: string): Promise<void> {
  const lines = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  const places = lines.map((line) => line.split(' ')[1] ?? '').filter((place) => place.startsWith(folder));
  for (const place of places.reverse()) await run(['umount', '-l', place]);
}

async function makeBridge(name: string, bip: string): Promise<void> {
  await run(['ip', 'link', 'delete', name]);
  for (const words of [
    ['link', 'add', name, 'type', 'bridge'],
    ['addr', 'add', bip, 'dev', name],
    ['link', 'set', name, 'up'],
  ]) {
    const { code, output } = await run(['ip', ...words]);
    if (code !== 0) throw new Error(`ip ${words.join(' ')}: ${output}`);
  }
}

/**
 * Starts `dockerd` with folders, a socket and a bridge of its own. Needs root and Debian's docker.io.
 * @throws with its log when it does not come up.
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const { bip = '172.30.99.1/24', bridge = 'gs-test0' } = options;
  const { folder, remove } = makeTemporaryFolder();
  const at = (name: string) => path.join(folder, name);
  const [socket, logFile] = [at('docker.sock'), at('dockerd.log')];
  const host = `unix://${socket}`;
  for (const name of ['data', 'exec']) mkdirSync(at(name));
  await makeBridge(bridge, bip);
  const output = openSync(logFile, 'a');
  const words = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('docker.pid')];
  const child = spawn('dockerd', [...words, '-H', host, '--bridge', bridge, ...NO_RULES], {
    // Where its user's credentials and plug-ins would be.
    env: { NODE_ENV: 'production', PATH: `${process.env.PATH}:/usr/sbin:/sbin`, HOME: folder },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const closed = once(child, 'close');
  const log = () => readFileSync(logFile, 'utf8');
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    if (!isOver()) await stopContainers(host);
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    if (!isOver()) await closed;
    clearTimeout(timer);
    await unmountBelow(folder);
    await run(['ip', 'link', 'delete', bridge]);
    remove();
  };
  for (let waited = 0; waited < START_SECONDS * 20; waited++) {
    const isUp =
      existsSync(socket) &&
      (await run(['/usr/bin/docker', 'version'], { env: { DOCKER_HOST: host } })).code === 0;
    if (isUp) return { host, socket, log, stop };
    if (isOver()) break;
    await delay(50);
  }
  const story = log();
  await stop();
  throw new Error(`dockerd does not come up: ${story}`);
}
