import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { newId } from '#lib/ids.ts';
import { giveToSandbox, removeFolder } from './folders.ts';
import { type Lease, leaseFile } from './lease.ts';

const run = promisify(execFile);

/** Builds run in the server's own process; in what Next bundles there is no folder, and nothing of this is called. */
const HERE = import.meta.dirname ?? '';
const SCRIPTS = ['inside.sh', 'runtime.sh', 'inventory.sh'];

/** Who is asked for an image whose name has no host. */
const DEFAULT_REGISTRY = 'docker.io';
/** Of all files of a package. Zip files, and so wheels, know no time before 1980. */
export const FILE_TIME = '2000-01-01T00:00:00Z';
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
  /** A folder of which the job has a copy, as `context`. */
  contextDir?: string;
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

/** Makes what a sandbox reads: the settings of the tools, its scripts, and the copy of the package. */
async function writeSettings(
  settings: string,
  { isOfBase, contextDir, files = {} }: JobFolderOptions,
): Promise<void> {
  await mkdir(settings, { mode: 0o755 });
  const all = {
    'containers.conf': CONTAINERS,
    'registries.conf': REGISTRIES,
    'storage.conf': storage(isOfBase),
    'policy.json': '{"default":[{"type":"insecureAcceptAnything"}]}',
    // Nobody's rights are used to pull an image.
    'no-logins.json': '{"auths":{}}',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) await writeFile(path.join(settings, name), text);
  for (const name of SCRIPTS) {
    await copyFile(path.join(/* turbopackIgnore: true */ HERE, name), path.join(settings, name));
    await chmod(path.join(settings, name), 0o755);
  }
  // Nobody else comes to this folder; in the sandbox all of it belongs to somebody else.
  await run('chmod', ['-R', 'a+rX', settings]);
  if (!contextDir) return;
  const context = path.join(settings, 'context');
  await run('cp', ['-R', '--no-dereference', '--', contextDir, context]);
  // Whose files say the same is the same folder: layers of an earlier build count then.
  await run('find', [context, '-exec', 'touch', '--no-dereference', '--date', FILE_TIME, '{}', '+']);
  // Its files may be for their owner alone.
  await giveToSandbox(context);
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
