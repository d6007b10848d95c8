import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildJob, BuildLimits } from '#lib/images/builder.ts';
import { importBaseImage } from '#lib/images/builders/base-images.ts';
import { type BuildahOptions, buildahBuilder } from '#lib/images/builders/buildah.ts';
import { builderFolders } from '#lib/images/builders/folders.ts';
import { ensureBaseImage } from './base-image.ts';

const LIMITS: BuildLimits = {
  memoryBytes: 512 * 1024 * 1024,
  cpus: 1,
  processes: 128,
  diskBytes: 512 * 1024 * 1024,
  seconds: 60,
};

/** The name of the base image of these tests. */
export const BASE = 'jinaai/jina:3.23.2-py311-perf';

/** A builder in `folder`. */
export function makeBuilder(folder: string, options: Partial<BuildahOptions> = {}) {
  return buildahBuilder({
    folder: path.join(folder, 'builds'),
    indexUrl: 'http://127.0.0.1:9/simple',
    baseImageTemplate: 'jinaai/jina:{jina}-{python}-perf',
    isTrusted: false,
    ...options,
  });
}

/** Gives the builder in `folder` the base image. */
export async function provideBase(folder: string): Promise<void> {
  const { file, name } = await ensureBaseImage();
  const work = { folders: builderFolders(path.join(folder, 'builds')), signal: new AbortController().signal };
  await importBaseImage({ ...work, onLog: () => undefined }, file, name);
}

/** What a test wants of a build; the rest has defaults. */
export interface TestBuild extends Partial<Omit<BuildJob, 'limits' | 'dockerfile'>> {
  /** The lines of its Dockerfile. */
  lines: string[];
  /** More files of the package, by name. */
  files?: Record<string, string>;
  limits?: Partial<BuildLimits>;
}

/** A job whose package lies in a folder of its own within `folder`. @returns it, and the lines that it says. */
export async function makeJob(
  folder: string,
  { lines, files = {}, limits, ...others }: TestBuild,
): Promise<{ job: BuildJob; said: string[] }> {
  const contextDir = await mkdtemp(path.join(folder, 'package-'));
  const all = { Dockerfile: `${lines.join('\n')}\n`, ...files };
  for (const [name, text] of Object.entries(all)) await writeFile(path.join(contextDir, name), text);
  const said: string[] = [];
  const job: BuildJob = {
    contextDir,
    dockerfile: 'Dockerfile',
    tag: '127.0.0.1:9/jinahub/ab12cd34:first',
    buildArgs: {},
    secrets: {},
    labels: {},
    platform: null,
    noCache: false,
    network: 'index',
    limits: { ...LIMITS, ...limits },
    onLog: (line) => said.push(line),
    signal: new AbortController().signal,
    ...others,
  };
  return { job, said };
}
