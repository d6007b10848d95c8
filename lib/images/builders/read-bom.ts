import { Inventory } from './inventory.ts';
import type { ImagePlace } from './push-image.ts';
import type { StagePlace } from './stage.ts';

/** Above what `inventory.sh` lets through, in characters. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** What the image `imageId` has installed, as SPDX 2.3; null when that cannot be read, which fails no build. */
export async function readBom(
  { job, sandbox }: ImagePlace,
  imageId: string,
  place: StagePlace,
  signal: AbortSignal,
): Promise<object | null> {
  const inventory = new Inventory();
  const onLog = (line: string, source: 'stdout' | 'stderr') => {
    if (source === 'stdout') inventory.hear(line);
  };
  const stage = { ...place, gate: 'none' as const, maxOutput: MAX_OUTPUT, signal, onLog };
  // The push that runs beside it is what somebody waits for.
  const { code } = await sandbox.run(stage, ['nice', 'sh', '/job/inventory.sh', imageId]);
  return code === 0 ? inventory.toSpdx(job.tag) : null;
}
