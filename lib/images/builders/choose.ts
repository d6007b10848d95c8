import path from 'node:path';
import { env } from '#lib/env.ts';
import type { ImageBuilder } from '#lib/images/builder.ts';
import { Refusal } from '#lib/refusal.ts';
import { shared } from '#lib/shared.ts';
import { buildahBuilder } from './buildah.ts';
import { dockerBuilder } from './docker.ts';

/** Where the builder of this machine keeps everything. */
function buildsFolder(): string {
  return path.join(env().DATA_DIR, 'builds');
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
  const sources = { indexUrl: BUILD_INDEX_URL, baseImageTemplate: BASE_IMAGE_TEMPLATE };
  return buildahBuilder({ folder: buildsFolder(), ...sources, isTrusted });
}

/** The builder on this machine that the settings name. @throws Refusal for one that is elsewhere. */
export function chooseBuilder(): ImageBuilder {
  return shared('image-builder', makeBuilder);
}
