import { chmod, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newId } from '#lib/ids.ts';
import { bootId, removeFolder } from './folders.ts';
import { type Lease, leaseFile } from './lease.ts';

/** Builds run in the server's own process; in what Next bundles there is no folder, and nothing of this is called. */
const HERE = import.meta.dirname ?? '';
const SCRIPTS = ['inside.sh', 'runtime.sh', 'inventory.sh'];

/** Who is asked for an image whose name has no host. */
const DEFAULT_REGISTRY = 'docker.io';
const CONTAINERS = `[containers]
default_ulimits = ["nofile=16384:16384"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
`;
const REGISTRIES = `short-name-mode = "permissive"
unqualified-search-registries = ["${DEFAULT_REGISTRY}"]
`;

/**
 * What each stage of a sandbox has for itself. What the tools find out about the file system holds until the machine starts again,
 * and is kept on the disk: to find it out takes them longer than a build.
 */
function ownMounts(): string {
  const lines = [
    'tmpfs /tmp tmpfs mode=1777,size=16m',
    'tmpfs /run tmpfs mode=1777,size=16m',
    'tmpfs /run/user tmpfs mode=700,size=1m,X-mount.mkdir',
    `/disk/known/${bootId()} /run/storage/overlay none bind,X-mount.mkdir`,
  ];
  return lines.map((line) => `${line} 0 0\n`).join('');
}

/** Where images are: those of a build on its disk, with the base images below; those of the base alone otherwise. */
function storage(isOfBase: boolean): string {
  const folder = isOfBase ? '/base/storage' : '/disk/storage';
  const below = isOfBase ? '' : '[storage.options]\nadditionalimagestores = ["/base/storage"]\n';
  return `[storage]
driver = "overlay"
graphroot = "${folder}"
rootless_storage_path = "${folder}"
runroot = "/run/storage"
${below}`;
}

/**
 * The folder of one piece of work of a builder, in which nobody else may look up a name. Whoever finds it and may lease its lock
 * may remove it.
 */
export interface JobFolder {
  /** Names its control groups too. */
  id: string;
  path: string;
  /** In it: what a sandbox reads and cannot change, `/job` inside. */
  settings: string;
  remove(): Promise<void>;
}

interface JobFolderOptions {
  /** Whether it changes the base images. */
  isOfBase: boolean;
  /** More files, by name. */
  files?: Record<string, string>;
}

/** A new id, whose lock nobody else has: a sweep takes each lock for a moment. */
async function leaseId(jobs: string): Promise<{ id: string; lock: string; lease: Lease }> {
  for (;;) {
    const id = newId();
    const lock = path.join(jobs, `${id}.lock`);
    await (await open(lock, 'a', 0o600)).close();
    const lease = await leaseFile(lock);
    if (lease) return { id, lock, lease };
  }
}

/** Makes what a sandbox reads: the settings of the tools and its scripts. */
async function writeSettings(settings: string, { isOfBase, files = {} }: JobFolderOptions): Promise<void> {
  await mkdir(settings, { mode: 0o755 });
  const all = {
    'containers.conf': CONTAINERS,
    'registries.conf': REGISTRIES,
    'storage.conf': storage(isOfBase),
    'policy.json': '{"default":[{"type":"insecureAcceptAnything"}]}',
    'own-mounts': ownMounts(),
    // Nobody's rights are used to pull an image.
    'no-logins.json': '{"auths":{}}',
    ...files,
  };
  // Nobody else comes to this folder; in the sandbox all of it belongs to somebody else.
  const place = async (name: string, text: string | Buffer, mode: number) => {
    await writeFile(path.join(settings, name), text);
    await chmod(path.join(settings, name), mode);
  };
  await chmod(settings, 0o755);
  await Promise.all([
    ...Object.entries(all).map(([name, text]) => place(name, text, 0o644)),
    ...SCRIPTS.map(async (name) =>
      place(name, await readFile(path.join(/* turbopackIgnore: true */ HERE, name)), 0o755),
    ),
  ]);
}

/** Makes a folder for a piece of work in `jobs`, with all that its sandboxes read. */
export async function makeJobFolder(jobs: string, options: JobFolderOptions): Promise<JobFolder> {
  await mkdir(jobs, { recursive: true, mode: 0o700 });
  // A folder without a lock that somebody has is one that was left behind.
  const { id, lock, lease } = await leaseId(jobs);
  const folder = path.join(jobs, id);
  const settings = path.join(folder, 'settings');
  const remove = async () => {
    await removeFolder(folder);
    await removeFolder(lock);
    await lease.release();
  };
  try {
    await mkdir(folder, { mode: 0o700 });
    await mkdir(path.join(folder, 'root'));
    await writeSettings(settings, options);
  } catch (error) {
    await remove();
    throw error;
  }
  return { id, path: folder, settings, remove };
}
