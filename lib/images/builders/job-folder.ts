import { execFile } from 'node:child_process';
import { mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { newId } from '#lib/ids.ts';
import { giveToSandbox, removeFolder } from './folders.ts';
import { leaseFile } from './lease.ts';

const run = promisify(execFile);

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

/** The folder of one piece of work of a builder. Whoever finds it and may lease its lock may remove it. */
export interface JobFolder {
  /** Names its control groups too. */
  id: string;
  path: string;
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

/** Makes a folder for a piece of work in `jobs`, with the settings of the tools, and gives it to the sandbox. */
export async function makeJobFolder(
  jobs: string,
  { isOfBase, contextDir, files = {} }: JobFolderOptions,
): Promise<JobFolder> {
  const id = newId();
  const folder = path.join(jobs, id);
  const lock = `${folder}.lock`;
  await mkdir(jobs, { recursive: true, mode: 0o700 });
  // A folder without a lock that somebody has is one that was left behind.
  await (await open(lock, 'a', 0o600)).close();
  const lease = await leaseFile(lock);
  const remove = async () => {
    await removeFolder(folder);
    await removeFolder(lock);
    await lease?.release();
  };
  try {
    await mkdir(folder, { mode: 0o700 });
    const all = {
      'containers.conf': CONTAINERS,
      'registries.conf': REGISTRIES,
      'storage.conf': storage(isOfBase),
      'policy.json': '{"default":[{"type":"insecureAcceptAnything"}]}',
      // Nobody's rights are used to pull an image.
      'no-logins.json': '{"auths":{}}',
      ...files,
    };
    for (const [name, text] of Object.entries(all))
      await writeFile(path.join(folder, name), text, { mode: 0o600 });
    const context = path.join(folder, 'context');
    if (contextDir) {
      await run('cp', ['-R', '--no-dereference', '--', contextDir, context]);
      // Whose files say the same is the same folder: layers of an earlier build count then.
      await run('find', [context, '-exec', 'touch', '--no-dereference', '--date', FILE_TIME, '{}', '+']);
    }
    await giveToSandbox(folder);
  } catch (error) {
    await remove();
    throw error;
  }
  return { id, path: folder, remove };
}
