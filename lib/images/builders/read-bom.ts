import { firstId } from './folders.ts';
import { Inventory } from './inventory.ts';
import type { ImagePlace } from './push-image.ts';
import { runInSandbox } from './sandbox.ts';

/** Above what `inventory.sh` lets through, in characters. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** What an image has installed, as SPDX 2.3; null when that cannot be read, which fails no build. */
export async function readBom(
  { builder, job, folder, disk }: ImagePlace,
  groupFolders: string[],
  signal: AbortSignal,
): Promise<object | null> {
  const inventory = new Inventory();
  const place = {
    jobFolder: folder.path,
    disk: disk.path,
    baseFolder: builder.folders.base,
    canWriteBase: false,
  };
  const network = { network: 'own' as const, hasGate: false, groupFolders, firstId: firstId() };
  const onLog = (line: string, source: 'stdout' | 'stderr') => {
    if (source === 'stdout') inventory.hear(line);
  };
  const { code } = await runInSandbox({ ...place, ...network, maxOutput: MAX_OUTPUT, signal, onLog }, [
    'sh',
    '/job/inventory.sh',
    job.tag,
  ]);
  return code === 0 ? inventory.toSpdx(job.tag) : null;
}
