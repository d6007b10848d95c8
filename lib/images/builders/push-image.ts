import { Fault } from '#lib/errors.ts';
import type { BuildJob, BuiltImage } from '#lib/images/builder.ts';
import type { Disk } from './disk.ts';
import { type BuilderFolders, firstId } from './folders.ts';
import { isOfThisMachine } from './image-name.ts';
import type { JobFolder } from './job-folder.ts';
import { runInSandbox } from './sandbox.ts';

/** Says the digest last, since nothing is read from where a sandbox may write. */
const SAYING_DIGEST = 'skopeo copy --digestfile /tmp/digest "$@"; echo "pushed $(head -c 71 /tmp/digest)"';

/** Where a built image is. */
export interface ImagePlace {
  builder: { folders: BuilderFolders };
  job: BuildJob;
  folder: JobFolder;
  disk: Disk;
}

/**
 * Puts an image into its registry.
 * @returns the digest of its manifest.
 * @throws Fault `unavailable` when the registry does not take it.
 */
export async function pushImage(
  { builder, job, folder, disk }: ImagePlace,
  { token, onLog, signal }: Parameters<BuiltImage['push']>[0],
): Promise<string> {
  const place = {
    jobFolder: folder.path,
    disk: disk.path,
    baseFolder: builder.folders.base,
    canWriteBase: false,
  };
  const network = { network: 'host' as const, hasGate: false, groupFolders: [], firstId: firstId() };
  const security = isOfThisMachine(job.tag) ? ['--dest-tls-verify=false'] : [];
  const words = ['sh', '-euc', SAYING_DIGEST, 'sh', '--dest-registry-token', token, ...security];
  const names = [`containers-storage:${job.tag}`, `docker://${job.tag}`];
  let digest = '';
  const hear: typeof onLog = (line, source) => {
    const [, said] = /^pushed (sha256:[0-9a-f]{64})$/.exec(line) ?? [];
    if (!said) return onLog(line, source);
    digest = said;
  };
  const { code } = await runInSandbox({ ...place, ...network, signal, onLog: hear }, [...words, ...names]);
  signal.throwIfAborted();
  if (code !== 0 || !digest) {
    throw new Fault(
      'unavailable',
      'The registry of this server does not take the image now; it is tried again.',
    );
  }
  return digest;
}
