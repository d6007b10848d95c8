import {
  constants,
  copyFile,
  lchown,
  lutimes,
  mkdir,
  readdir,
  readlink,
  stat,
  symlink,
} from 'node:fs/promises';
import path from 'node:path';
import { firstId } from './folders.ts';

/** Of all files of a package. Zip files, and so wheels, know no time before 1980. */
export const FILE_TIME = '2000-01-01T00:00:00Z';
const TIME = new Date(FILE_TIME);
/** Files that are copied beside each other. */
const AT_ONCE = 16;
const OWNER_MAY = 0o700;

/** Files that say the same are the same folder: layers of an earlier build count then. They may be for their owner alone. */
async function settle(place: string): Promise<void> {
  const id = firstId();
  await lutimes(place, TIME, TIME);
  if (id !== null) await lchown(place, id, id);
}

/**
 * Copies the folder of a package for a sandbox, whose root is its owner then. Links stay links; what is neither a file nor a folder
 * nor a link is left out.
 * @param to is not there yet.
 */
export async function copyContext(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: ((await stat(from)).mode & 0o777) | OWNER_MAY });
  const entries = await readdir(from, { withFileTypes: true });
  const copy = async (entry: (typeof entries)[number]) => {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isFile()) await copyFile(source, target, constants.COPYFILE_FICLONE);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else return;
    await settle(target);
  };
  for (let at = 0; at < entries.length; at += AT_ONCE)
    await Promise.all(entries.slice(at, at + AT_ONCE).map(copy));
  for (const { name } of entries.filter((entry) => entry.isDirectory()))
    await copyContext(path.join(from, name), path.join(to, name));
  await settle(to);
}
