import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { endControlGroup } from './control-group.ts';
import { pruneDisks } from './disk.ts';
import { type BuilderFolders, groupName, removeFolder } from './folders.ts';
import { leaseFile } from './lease.ts';

/** Ends and removes the builds whose process is gone. Those that go on, here or in another process, are left alone. */
export async function sweepBuilds(folders: BuilderFolders): Promise<void> {
  const names = await readdir(folders.jobs).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.lock'))) {
    const lock = path.join(folders.jobs, name);
    const lease = await leaseFile(lock);
    if (!lease) continue;
    const id = path.basename(name, '.lock');
    await endControlGroup(groupName(folders, id));
    await removeFolder(path.join(folders.jobs, id));
    await removeFolder(lock);
    await lease.release();
  }
  await pruneDisks(folders.disks);
}
