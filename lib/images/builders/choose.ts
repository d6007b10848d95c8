import { existsSync } from 'node:fs';
import path from 'node:path';
import { env } from '#lib/env.ts';
import type { ImageBuilder } from '#lib/images/builder.ts';
import { Refusal } from '#lib/refusal.ts';
import { shared } from '#lib/shared.ts';
import { importBaseImage } from './base-images.ts';
import { buildahBuilder } from './buildah.ts';
import { dockerBuilder } from './docker.ts';
import { builderFolders } from './folders.ts';
import { PROGRAM_FOLDERS } from './processes.ts';

const PROGRAMS = [
  'buildah',
  'runc',
  'skopeo',
  'unshare',
  'nsenter',
  'setpriv',
  'flock',
  'ip',
  'mkfs.ext4',
  'newuidmap',
];
const PACKAGES = 'buildah runc skopeo util-linux iproute2 e2fsprogs uidmap';

/** Where the builder of this machine keeps everything. */
function buildsFolder(): string {
  return path.join(env().DATA_DIR, 'builds');
}

/** @throws Refusal that names the programs that a builder on this machine lacks. */
function requirePrograms(): void {
  const folders = PROGRAM_FOLDERS.split(':');
  const missing = PROGRAMS.filter((name) => !folders.some((folder) => existsSync(path.join(folder, name))));
  if (missing.length === 0) return;
  throw new Refusal(
    `BUILDER=buildah needs ${missing.join(', ')}; on Debian: apt-get install -y ${PACKAGES}.`,
  );
}

function makeBuilder(): ImageBuilder {
  const { BUILDER, BUILD_INDEX_URL, BASE_IMAGE_TEMPLATE, BUILD_TRUST, DOCKER_HOST } = env();
  const isTrusted = BUILD_TRUST === '1';
  if (BUILDER === 'docker') return dockerBuilder({ host: DOCKER_HOST, isTrusted });
  if (BUILDER !== 'buildah') {
    throw new Refusal(
      `BUILDER is "${BUILDER}", which builds elsewhere; this process builds by buildah or docker.`,
    );
  }
  requirePrograms();
  const sources = { indexUrl: BUILD_INDEX_URL, baseImageTemplate: BASE_IMAGE_TEMPLATE };
  return buildahBuilder({ folder: buildsFolder(), ...sources, isTrusted });
}

/** The builder on this machine that the settings name. @throws Refusal for one that is elsewhere. */
export function chooseBuilder(): ImageBuilder {
  return shared('image-builder', makeBuilder);
}

/**
 * Puts an image among the base images of the builder on this machine, for networks in which nothing can be pulled.
 * @param file an archive that `docker save` has made.
 * @param name what Dockerfiles call it: `jinaai/jina:3.23.2-py311-perf`.
 * @throws Fault `invalid` for a file that is no such archive.
 */
export async function importBase(file: string, name: string): Promise<void> {
  const work = { folders: builderFolders(buildsFolder()), signal: new AbortController().signal };
  await importBaseImage({ ...work, onLog: () => undefined }, file, name);
}
