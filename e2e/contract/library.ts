import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inject } from 'vitest';
import { runAdmin } from '#lib/testing/admin.ts';

/** Imports bytes under an un-namespaced name, as the administrator does while the server runs. */
export async function importLegacy(name: string, bytes: string | Buffer): Promise<void> {
  const { dataDir } = inject('station');
  const file = path.join(dataDir, randomBytes(6).toString('hex'));
  await writeFile(file, bytes);
  await runAdmin({ DATA_DIR: dataDir }, ['artifact', 'import', '--legacy', '--', name, file]);
  await rm(file);
}

/** Deletes what is there under un-namespaced names. */
export async function deleteLegacy(...names: string[]): Promise<void> {
  const { dataDir } = inject('station');
  for (const name of names)
    await runAdmin({ DATA_DIR: dataDir }, ['artifact', 'delete', '--legacy', '--', name]);
}
