import path from 'node:path';
import type { BuilderFolders } from './folders.ts';
import { fullName } from './image-name.ts';
import { readPlainFile } from './plain-file.ts';

const MIB = 1024 * 1024;
const MAX_LIST_BYTES = 16 * MIB;
/** A configuration has a line for each step. */
const MAX_CONFIG_BYTES = 4 * MIB;

/** The part of a store's list of images that is read. */
interface StoredImage {
  id: string;
  names?: string[];
}

function imagesFolder({ base }: BuilderFolders): string {
  return path.join(base, 'storage/overlay-images');
}

/** The base images of a builder: from their full names to their ids. */
export async function storedImages(folders: BuilderFolders): Promise<Map<string, string>> {
  const list = await readPlainFile(path.join(imagesFolder(folders), 'images.json'), MAX_LIST_BYTES);
  const images = JSON.parse(list ?? '[]') as StoredImage[];
  return new Map(images.flatMap(({ id, names = [] }) => names.map((name): [string, string] => [name, id])));
}

/** Whether a configuration has triggers. Keys are read as buildah reads them: in any case. */
export function configHasTriggers(config: string): boolean {
  let isFound = false;
  JSON.parse(config, (key, value) => {
    if (key.toLowerCase() === 'onbuild' && value !== null && Object.keys(value).length > 0) isFound = true;
    return value;
  });
  return isFound;
}

/** Whether a base image brings steps of its own (ONBUILD), which run in each build on it; true where that cannot be told. */
export async function mayHaveTriggers(folders: BuilderFolders, name: string): Promise<boolean> {
  const id = (await storedImages(folders)).get(fullName(name));
  if (id === undefined || !/^[0-9a-f]{64}$/.test(id)) return true;
  // As stores name what belongs to an image.
  const file = `=${Buffer.from(`sha256:${id}`).toString('base64')}`;
  const config = await readPlainFile(path.join(imagesFolder(folders), id, file), MAX_CONFIG_BYTES);
  try {
    return config === null || configHasTriggers(config);
  } catch {
    return true;
  }
}
