import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** What is no plain file neither leads elsewhere nor keeps its reader waiting. */
const PLAIN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function readHandle(handle: FileHandle, maxBytes: number): Promise<string | null> {
  const found = await handle.stat();
  if (!found.isFile() || found.size > maxBytes) return null;
  return handle.readFile('utf8');
}

/** The text of a file that somebody else has written; null where there is none, or one of more than `maxBytes`. */
export async function readPlainFile(file: string, maxBytes: number): Promise<string | null> {
  const handle = await open(file, PLAIN).catch(() => null);
  return handle && readHandle(handle, maxBytes).finally(() => handle.close());
}
