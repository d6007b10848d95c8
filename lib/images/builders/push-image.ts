import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '#lib/errors.ts';
import type { BuildJob, BuiltImage } from '#lib/images/builder.ts';
import type { Disk } from './disk.ts';
import { type BuilderFolders, firstId } from './folders.ts';
import { isOfThisMachine } from './image-name.ts';
import type { JobFolder } from './job-folder.ts';
import { runInSandbox } from './sandbox.ts';

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
  const words = [
    'skopeo',
    'copy',
    '--digestfile',
    '/job/digest',
    '--dest-registry-token',
    token,
    ...security,
  ];
  const names = [`containers-storage:${job.tag}`, `docker://${job.tag}`];
  const code = await runInSandbox({ ...place, ...network, signal, onLog }, [...words, ...names]);
  signal.throwIfAborted();
  if (code !== 0) {
    throw new Fault(
      'unavailable',
      'The registry of this server does not take the image now; it is tried again.',
    );
  }
  return (await readFile(path.join(folder.path, 'digest'), 'utf8')).trim();
}
