import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-tool.ts';

/** How to see that a Debian package, or the same thing from elsewhere, is there. */
const IS_PRESENT: Record<DebianPackage, () => boolean> = {
  chromium: () => existsSync(process.env.GS_CHROMIUM ?? '/usr/bin/chromium'),
  'ceph-common': () => isCommand('radosgw-admin'),
  'ceph-mon': () => isCommand('ceph-mon'),
  'ceph-osd': () => isCommand('ceph-osd'),
  radosgw: () => isCommand('radosgw'),
  'docker-compose': () => isCommand('docker-compose'),
  'docker.io': () => isCommand('dockerd'),
  'docker-registry': () => isCommand('docker-registry'),
  buildah: () => isCommand('buildah'),
  podman: () => isCommand('podman'),
  skopeo: () => isCommand('skopeo'),
  runc: () => isCommand('runc'),
  netavark: () => existsSync('/usr/lib/podman/netavark'),
  iptables: () => isCommand('iptables'),
  uidmap: () => isCommand('newuidmap'),
  debootstrap: () => isCommand('debootstrap'),
  mmdebstrap: () => isCommand('mmdebstrap'),
  nginx: () => isCommand('nginx'),
  caddy: () => isCommand('caddy'),
  openssl: () => isCommand('openssl'),
  'python3-venv': () => spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0,
};

export type DebianPackage =
  | 'chromium'
  | 'python3-venv'
  | 'ceph-common'
  | 'ceph-mon'
  | 'ceph-osd'
  | 'radosgw'
  | 'docker-compose'
  | 'docker.io'
  | 'docker-registry'
  | 'buildah'
  | 'podman'
  | 'skopeo'
  | 'runc'
  | 'netavark'
  | 'iptables'
  | 'uidmap'
  | 'debootstrap'
  | 'mmdebstrap'
  | 'nginx'
  | 'caddy'
  | 'openssl';

function isCommand(name: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/bin'];
  return folders.some((folder) => existsSync(path.join(folder, name)));
}

/** Another apt may be at work on a machine that has just started. */
const APT = ['-q', '-o', 'DPkg::Lock::Timeout=900'];

async function aptInstall(packages: string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', [...APT, 'update'], env);
  await runProgram('apt-get', [...APT, 'install', '-y', '--no-install-recommends', ...packages], env);
}

/**
 * Installs the packages that are missing, where we may.
 * @returns null when all are there, else a sentence that names the missing ones.
 */
export async function ensurePackages(packages: DebianPackage[]): Promise<string | null> {
  const missing = () => packages.filter((name) => !IS_PRESENT[name]());
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (missing().length > 0 && isRootOnDebian) await aptInstall(missing());
  const names = missing().join(' ');
  return names ? `${names} is missing; on Debian: apt-get install -y ${names}.` : null;
}
