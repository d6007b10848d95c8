import { Fault } from '#lib/errors.ts';
import type { BuildJob, BuiltImage, ImageBuilder } from '#lib/images/builder.ts';
import { log } from '#lib/log.ts';
import { buildImage } from './build-image.ts';
import { builderFolders } from './folders.ts';
import { SandboxError } from './processes.ts';
import { sweepBuilds } from './sweep-builds.ts';

export interface BuildahOptions {
  /** All that it keeps is below this. */
  folder: string;
  indexUrl: string;
  /** Its registry is the operator's. */
  baseImageTemplate: string;
  /** Whether builds may run where their memory and processes cannot be held. */
  isTrusted: boolean;
  /** What its base images may take before none is pulled any more; 40 GiB unless told. */
  maxBaseBytes?: number;
}

/** Builds by the program buildah on this machine, each build in a sandbox of its own (docs/decisions/031-builders.md). */
export function buildahBuilder(options: BuildahOptions): ImageBuilder {
  const folders = builderFolders(options.folder);
  const build = async (job: BuildJob): Promise<BuiltImage> => {
    try {
      return await buildImage({ ...options, folders }, job);
    } catch (error) {
      job.signal.throwIfAborted();
      if (!(error instanceof SandboxError)) throw error;
      log().error({ err: error }, 'builds are not possible here');
      throw new Fault('unavailable', 'The builder of this server does not work; ask its operator.', {
        cause: error,
      });
    }
  };
  return { build, sweep: () => sweepBuilds(folders) };
}
