import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

/** Who may do what is S3's affair; inside there are neither keys nor copies, and the objects are in memory. */
const SETTINGS = {
  auth_cluster_required: 'none',
  auth_service_required: 'none',
  auth_client_required: 'none',
  osd_pool_default_size: 1,
  osd_pool_default_min_size: 1,
  osd_pool_default_pg_num: 2,
  osd_pool_default_pgp_num: 2,
  osd_pool_default_pg_autoscale_mode: 'off',
  osd_crush_chooseleaf_type: 0,
  mon_allow_pool_size_one: true,
  public_network: '127.0.0.0/8',
  cluster_network: '127.0.0.0/8',
  osd_objectstore: 'memstore',
  memstore_device_bytes: 6 * 1024 ** 3,
  // What is deleted gives its memory back at once, not after two hours.
  rgw_gc_obj_min_wait: 1,
  rgw_gc_processor_period: 2,
  rgw_gc_processor_max_time: 2,
  // Without cephx the gateway waits for ever for an answer of its monitor unless it is told how to greet it.
  ms_mon_client_mode: 'crc',
};
const COMMAND_TIMEOUT_MS = 60_000;
const START_TIMEOUT_MS = 120_000;
const POLL_MS = 100;

const run = promisify(execFile);

/** A real S3: one monitor, one object store in memory and one gateway of Ceph. */
export interface Ceph {
  /** Such as `http://127.0.0.1:5935`. */
  endpoint: string;
  /** The settings file for `radosgw-admin -c`. */
  settingsFile: string;
  /** Ends its processes, by their ids, and removes all that it kept. */
  stop(): Promise<void>;
}

/** Ports that were free a moment ago: another program may be quicker, so a start is tried again. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = net.createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** The daemons of one start, in one folder. */
class Daemons {
  readonly settingsFile: string;
  readonly #folder: string;
  readonly #running: ChildProcess[] = [];

  constructor(folder: string) {
    this.#folder = folder;
    this.settingsFile = path.join(folder, 'ceph.conf');
  }

  async writeSettings(fsid: string, monitors: string, gatewayPort: number): Promise<void> {
    const settings = {
      fsid,
      mon_host: monitors,
      ...SETTINGS,
      mon_data: `${this.#folder}/mon`,
      osd_data: `${this.#folder}/osd`,
      rgw_data: `${this.#folder}/rgw`,
      run_dir: this.#folder,
      crash_dir: this.#folder,
      admin_socket: `${this.#folder}/$name.asok`,
      log_file: `${this.#folder}/$name.log`,
      rgw_frontends: `beast endpoint=127.0.0.1:${gatewayPort}`,
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    for (const name of ['mon', 'osd', 'rgw']) await mkdir(path.join(this.#folder, name));
    await writeFile(this.settingsFile, `[global]\n${lines.join('\n')}\n`);
  }

  async command(program: string, ...words: string[]): Promise<void> {
    await run(program, ['-c', this.settingsFile, ...words], { timeout: COMMAND_TIMEOUT_MS });
  }

  /** Starts a daemon that ends with this process, however that ends. */
  start(program: string, ...words: string[]): void {
    const log = createWriteStream(path.join(this.#folder, `${program}.out`));
    const tied = ['--pdeathsig', 'KILL', program, '-c', this.settingsFile, '-f', ...words];
    const child = spawn('setpriv', tied, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#running.push(child);
  }

  /** @throws when one of them has ended by itself; the message has the end of its log. */
  async requireAlive(): Promise<void> {
    const ended = this.#running.find((child) => child.exitCode !== null);
    if (!ended) return;
    const [, , program = ''] = ended.spawnargs.slice(1);
    const log = await readFile(path.join(this.#folder, `${program}.out`), 'utf8');
    throw new Error(`${program} ended with ${ended.exitCode}: ${log.slice(-2000)}`);
  }

  async kill(): Promise<void> {
    for (const child of this.#running.filter((one) => one.exitCode === null)) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  }
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    (reply) => reply.ok,
    () => false,
  );
}

async function startIn(folder: string): Promise<Omit<Ceph, 'stop'> & { daemons: Daemons }> {
  const [v1 = 0, v2 = 0, gatewayPort = 0] = await freePorts(3);
  const [fsid, osd] = [randomUUID(), randomUUID()];
  const monitors = `[v2:127.0.0.1:${v2},v1:127.0.0.1:${v1}]`;
  const daemons = new Daemons(folder);
  await daemons.writeSettings(fsid, monitors, gatewayPort);
  const endpoint = `http://127.0.0.1:${gatewayPort}`;
  try {
    const map = path.join(folder, 'monmap');
    await run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', monitors, map]);
    await daemons.command('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map);
    daemons.start('ceph-mon', '-i', 'a');
    await daemons.command('ceph', 'osd', 'new', osd);
    await daemons.command('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', osd);
    daemons.start('ceph-osd', '-i', '0');
    daemons.start('radosgw', '-n', 'client.rgw');
    const giveUpAt = Date.now() + START_TIMEOUT_MS;
    while (!(await answers(endpoint))) {
      await daemons.requireAlive();
      if (Date.now() > giveUpAt) throw new Error('the gateway of Ceph does not answer');
      await delay(POLL_MS);
    }
  } catch (error) {
    await daemons.kill();
    throw error;
  }
  return { endpoint, settingsFile: daemons.settingsFile, daemons };
}

/** Starts one; others on the machine do not matter. It needs Debian's ceph-mon, ceph-osd, radosgw and ceph-common. */
export async function startCeph(attempts = 3): Promise<Ceph> {
  const { folder, remove } = makeTemporaryFolder();
  try {
    const { daemons, ...ceph } = await startIn(folder);
    const stop = async () => {
      await daemons.kill();
      remove();
    };
    return { ...ceph, stop };
  } catch (error) {
    remove();
    if (attempts <= 1) throw error;
    return startCeph(attempts - 1);
  }
}

/** What a user of the gateway may have at most. */
interface UserOptions {
  quotaBytes?: number;
}

/** Makes a user of the gateway, with a key whose id is the name. */
export async function addS3User(
  settingsFile: string,
  name: string,
  { quotaBytes }: UserOptions = {},
): Promise<{ accessKeyId: string; secretAccessKey: string }> {
  const keys = { accessKeyId: name, secretAccessKey: randomUUID() };
  const admin = (...words: string[]) =>
    run('radosgw-admin', ['-c', settingsFile, ...words, `--uid=${name}`], { timeout: COMMAND_TIMEOUT_MS });
  await admin(
    ...['user', 'create', `--display-name=${name}`],
    ...[`--access-key=${keys.accessKeyId}`, `--secret-key=${keys.secretAccessKey}`],
  );
  if (quotaBytes === undefined) return keys;
  await admin('quota', 'set', '--quota-scope=user', `--max-size=${quotaBytes}B`);
  await admin('quota', 'enable', '--quota-scope=user');
  return keys;
}
