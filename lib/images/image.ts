import { env } from '#lib/env.ts';
import type { OpenPackage } from '#lib/packages/open.ts';
import type { Work } from '#lib/tasks/work.ts';

/** A layer of an image, as its manifest says it. */
export interface ImageLayer {
  /** `sha256:…` */
  digest: string;
  /** Compressed. */
  sizeBytes: number;
}

/** An image that is in the registry, before its row is written. */
export interface NewImage {
  /** Never moves (lib/registry/reference.ts). */
  tag: string;
  /** Of its manifest: `sha256:…` */
  digest: string;
  /** `linux/amd64` */
  platform: string;
  /** The version of jina that it is for; null when whoever pushed did not say. */
  jinaVersion: string | null;
  /** From the lowest one on. */
  layers: ImageLayer[];
  /** What is installed in it, as SPDX; null when that could not be read. */
  bom: object | null;
  buildMs: number;
}

/** An image that is wanted. */
export interface ImagePlan {
  executorId: string;
  tag: string;
  /** The folder, with `changes` (path to text) put in. */
  pkg: OpenPackage;
  changes: ReadonlyMap<string, string>;
  /** A file in that folder. */
  dockerfile: string;
  buildArgs: Record<string, string>;
  /** Values for RUN steps: in no layer, no log, no event. */
  buildEnv: Record<string, string>;
  /** By the OCI's annotations. */
  labels: Record<string, string>;
  /** Any of them will do; none: the builder's own. */
  platforms: string[];
  jinaVersion: string | null;
  noCache: boolean;
}

/** What a maker of images needs of the task for which it makes one. */
export type ImageWork = Pick<Work, 'log' | 'signal'>;

/**
 * Builds an image and puts it into the registry, telling its steps under `buildWorkspace` and `pushImage` (contract 7.2).
 * `commit` gets the image (null where this server builds none) and writes its row; until it is done nothing takes the image
 * away.
 * @throws what `commit` throws; Fault `build-failed` for what whoever pushed has to mend, `unavailable` for what they cannot.
 */
export type ImageMaker = <T>(
  plan: ImagePlan,
  work: ImageWork,
  commit: (image: NewImage | null) => Promise<T>,
) => Promise<T>;

/** Of a server that builds no images, or none for who has no account: packages are served all the same, and the push says so. */
export const noImages: ImageMaker = async (_plan, { log }, commit) => {
  log.tell({ type: 'start', subject: 'buildWorkspace' });
  const payload =
    env().IMAGES === 'off'
      ? 'This server builds no images; the package is there for jinaai:// without docker.'
      : 'Images are built for who is logged in; the package is there for jinahub:// without docker.';
  log.tell({ type: 'console', subject: 'buildWorkspace', payload, source: 'stdout' });
  log.tell({ type: 'done', subject: 'buildWorkspace' });
  return commit(null);
};
