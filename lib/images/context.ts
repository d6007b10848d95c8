import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Clock, HOUR_MS, SECOND_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import type { OpenPackage } from '#lib/packages/open.ts';
import { requireApart, requireInnerPath } from '#lib/packages/path-rules.ts';

/** Where the folders of builds stand while they are built. */
function contexts(): string {
  return path.join(env().DATA_DIR, 'contexts');
}

/**
 * Unpacks a package into a new folder, with `changes` (path to text) put in. Remove it when it is built from.
 * @throws PackageError when a file is not what the zip says about it.
 */
export async function unpackContext(
  pkg: OpenPackage,
  changes: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<string> {
  await mkdir(contexts(), { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(path.join(contexts(), 'context-'));
  try {
    const paths = new Set([...pkg.entries.map((entry) => entry.path), ...changes.keys()]);
    for (const inner of paths) requireInnerPath(inner);
    requireApart(Array.from(paths, (inner) => ({ path: inner, isFolder: false })));
    for (const { path: inner, isExecutable } of pkg.entries) {
      if (changes.has(inner)) continue;
      const file = path.join(folder, inner);
      await mkdir(path.dirname(file), { recursive: true });
      const source = await pkg.stream(inner);
      await pipeline(source, createWriteStream(file, { mode: isExecutable ? 0o755 : 0o644 }), { signal });
    }
    for (const [inner, text] of changes) {
      await mkdir(path.dirname(path.join(folder, inner)), { recursive: true });
      await writeFile(path.join(folder, inner), text);
    }
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Removes the folder of a build; one that cannot be removed now is swept later. */
export async function removeContext(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch((error) =>
    log().warn({ err: String(error), folder }, 'the folder of a build could not be removed'),
  );
}

/** Removes the folders of builds whose process died: no build lasts so long. */
export async function sweepContexts(clock: Clock): Promise<void> {
  const oldest = clock.now().getTime() - env().BUILD_SECONDS * SECOND_MS - HOUR_MS;
  const names = await readdir(contexts()).catch(() => []);
  for (const name of names) {
    const folder = path.join(contexts(), name);
    const made = await stat(folder).catch(() => null);
    if (made && made.mtimeMs < oldest) await rm(folder, { recursive: true, force: true });
  }
}
