import path from 'node:path';
import { env } from '#lib/env.ts';
import type { ImageBuilder } from '#lib/images/builder.ts';
import { Refusal } from '#lib/refusal.ts';
import { shared } from '#lib/shared.ts';
import { buildahBuilder } from './buildah.ts';

/** Where the builder of this machine keeps everything. */
function buildsFolder(): string {
  return path.join(env().DATA_DIR, 'builds');
}

/** The builder that the settings name. @throws Refusal for one that this process cannot be. */
export function chooseBuilder(): ImageBuilder {
  const { BUILDER, BUILD_INDEX_URL, BASE_IMAGE_TEMPLATE, BUILD_TRUST } = env();
  if (BUILDER !== 'buildah')
    throw new Refusal(`BUILDER is "${BUILDER}", which this version cannot use yet; use buildah.`);
  return shared('image-builder', () =>
    buildahBuilder({
      folder: buildsFolder(),
      indexUrl: BUILD_INDEX_URL,
      baseImageTemplate: BASE_IMAGE_TEMPLATE,
      isTrusted: BUILD_TRUST === '1',
    }),
  );
}
