import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '#lib/root.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import { freePorts } from './free-ports.ts';

/** Addresses of this machine that are not among those which the server knows as loopback: they stand for its names. */
const STATION = '127.0.0.2';
const REGISTRY = '127.0.0.3';
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

/** Where people will reach the proxy, and with what certificate, before it runs. */
export interface ProxySite {
  folder: string;
  tls: Certificate;
  httpsPort: number;
  httpPort: number;
  /** `https://…`, as PUBLIC_URL. */
  url: string;
  registryUrl: string;
  remove(): void;
}

/** A running proxy. */
export interface RunningProxy {
  stop(): Promise<void>;
}

interface ProxyOptions {
  stationPort: number;
  registryPort?: number;
  /** A change of the file that is shipped, as an administrator may make it. */
  edit?: (text: string) => string;
}

export type ProxyKind = 'nginx' | 'caddy';

export async function makeProxySite(): Promise<ProxySite> {
  const { folder, remove } = makeTemporaryFolder();
  const [httpsPort = 0, httpPort = 0] = await freePorts(2);
  const tls = makeCertificate(folder, [STATION, REGISTRY]);
  const [url, registryUrl] = [`https://${STATION}:${httpsPort}`, `https://${REGISTRY}:${httpsPort}`];
  return { folder, tls, httpsPort, httpPort, url, registryUrl, remove };
}

/** The file that is shipped, with the names, files and upstreams of this machine. */
function shipped(
  name: string,
  { tls }: ProxySite,
  { stationPort, registryPort, edit }: ProxyOptions,
): string {
  const text = readFileSync(path.join(ROOT, 'deploy', name), 'utf8')
    .replaceAll('groundstation.example.org', STATION)
    .replaceAll('registry.example.org', REGISTRY)
    .replaceAll('/etc/groundstation/tls.crt', tls.certificate)
    .replaceAll('/etc/groundstation/tls.key', tls.key)
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${stationPort}`)
    .replaceAll('127.0.0.1:5000', `127.0.0.1:${registryPort ?? stationPort}`);
  return edit?.(text) ?? text;
}

/** Debian's nginx.conf in short; what it compresses and buffers, the shipped file must undo. */
function nginxCommand(site: ProxySite, options: ProxyOptions): string[] {
  const { folder, httpsPort, httpPort } = site;
  const listen = (port: number, how: string) =>
    [STATION, REGISTRY].map((address) => `listen ${address}:${port}${how};`).join('\n    ');
  const servers = shipped('nginx.conf', site, options)
    .replaceAll(/listen \[::\].*\n/g, '\n')
    .replaceAll('listen 443 ssl http2;', listen(httpsPort, ' ssl http2'))
    .replaceAll('listen 80;', listen(httpPort, ''));
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/nginx-${name};`,
  );
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(path.join(folder, 'groundstation.conf'), servers);
  writeFileSync(
    file,
    `daemon off; pid ${folder}/nginx.pid; error_log stderr warn; worker_processes 1;
     ${process.getuid?.() === 0 ? 'user root;' : ''}
     events {}
     http { access_log off; gzip on; gzip_types application/json application/x-ndjson text/event-stream;
       ${folders.join('\n')}
       include ${folder}/groundstation.conf; }`,
  );
  return ['nginx', '-p', folder, '-c', file, '-e', 'stderr'];
}

function caddyCommand(site: ProxySite, options: ProxyOptions): string[] {
  const { folder, httpsPort, httpPort } = site;
  const settings = [
    'admin off',
    'auto_https disable_redirects',
    `http_port ${httpPort}`,
    `https_port ${httpsPort}`,
    `default_bind ${STATION} ${REGISTRY}`,
    `storage file_system ${folder}/caddy`,
  ];
  const file = path.join(folder, 'Caddyfile');
  writeFileSync(file, `{\n${settings.join('\n')}\n}\n${shipped('Caddyfile', site, options)}`);
  return ['caddy', 'run', '--config', file, '--adapter', 'caddyfile'];
}

function connects(port: number): Promise<boolean> {
  const socket = net.connect(port, STATION);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).then((isOpen) => {
    socket.destroy();
    return isOpen as boolean;
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'close');
}

/** Runs the file of `deploy/` on the site, and resolves as soon as it takes connections. */
export async function startProxy(
  kind: ProxyKind,
  site: ProxySite,
  options: ProxyOptions,
): Promise<RunningProxy> {
  const [program = '', ...words] = (kind === 'nginx' ? nginxCommand : caddyCommand)(site, options);
  const child = spawn(program, words, {
    env: { NODE_ENV: 'test', PATH: `${process.env.PATH}:/usr/sbin`, HOME: site.folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const until = Date.now() + START_TIMEOUT_MS;
  while (!(await connects(site.httpsPort))) {
    if (child.exitCode !== null || Date.now() > until) {
      await end(child);
      throw new Error(`${kind} does not start: ${said}`);
    }
    await delay(POLL_MS);
  }
  return { stop: () => end(child) };
}
