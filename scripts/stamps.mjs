// Whether something made from files is older than they are: the digest of the files, kept beside what was made.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Tests are in the source folders, but nothing is built from them. */
const IGNORED = /\.test\.tsx?$/;

function filesBelow(root, name) {
  const file = path.join(root, name);
  if (!existsSync(file)) return [];
  if (!statSync(file).isDirectory()) return IGNORED.test(name) ? [] : [name];
  return readdirSync(file)
    .sort()
    .flatMap((entry) => filesBelow(root, path.join(name, entry)));
}

/** SHA-256 over the names and contents of files and folders below `root`; those that do not exist count as absent. */
export function digestOf(root, names) {
  const hash = createHash('sha256');
  for (const name of names.flatMap((one) => filesBelow(root, one))) {
    const content = readFileSync(path.join(root, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

export function isFresh(stampFile, digest) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest;
}

export function stamp(stampFile, digest) {
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, digest);
}
