import { type FileHandle, open } from 'node:fs/promises';
import { Fault } from '#lib/errors.ts';

const PIECE_BYTES = 1024 * 1024;

/**
 * Opens a file that an administrator imports; close its handle.
 * @param path absolute.
 * @param advice what to give instead of what is no file.
 * @throws Fault `invalid`.
 */
export async function openFile(
  path: string,
  advice: string,
): Promise<{ handle: FileHandle; sizeBytes: number }> {
  const handle = await open(path, 'r').catch((cause) => {
    throw new Fault('invalid', `There is no file ${path} that can be read. Check the path.`, { cause });
  });
  const stats = await handle.stat();
  if (stats.isFile()) return { handle, sizeBytes: stats.size };
  await handle.close();
  throw new Fault('invalid', `${path} is no file. ${advice}`);
}

/** The bytes of the file from its beginning, a piece at a time; the handle stays open. */
export function readFile(handle: FileHandle): AsyncIterable<Buffer> {
  return handle.createReadStream({ start: 0, autoClose: false, highWaterMark: PIECE_BYTES });
}
