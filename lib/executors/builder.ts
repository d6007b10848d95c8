import type { PushOrder } from '#lib/executors/push-order.ts';
import type { Normalised } from '#lib/normaliser/types.ts';
import type { OpenPackage } from '#lib/packages/open.ts';
import type { TaskLog } from '#lib/tasks/events.ts';

/** What an image is built from. */
interface BuildOptions {
  order: PushOrder;
  /** The folder, into which `normalised.changes` belong. */
  pkg: OpenPackage;
  normalised: Normalised;
  /** Values of the build's variables: never in a layer, a log or an event. */
  buildEnv: Record<string, string>;
  log: TaskLog;
  signal: AbortSignal;
}

/** Builds images of Executors. */
export interface ImageBuilder {
  /** Tells its steps under the subject `buildWorkspace` (contract 7.2). @throws Fault for a build that failed. */
  build(options: BuildOptions): Promise<void>;
}

/** Of a server that builds no images: packages are served all the same, and the push says so. */
export const noBuilder: ImageBuilder = {
  async build({ log }) {
    log.tell({ type: 'start', subject: 'buildWorkspace' });
    const payload = 'This server builds no images; the package is there for jinaai:// without docker.';
    log.tell({ type: 'console', subject: 'buildWorkspace', payload, source: 'stdout' });
    log.tell({ type: 'done', subject: 'buildWorkspace' });
  },
};
