import { randomBytes } from 'node:crypto';
import type { ImageMaker, ImagePlan, NewImage } from '#lib/images/image.ts';
import { platformAmong } from '#lib/images/platform.ts';

/** Makes images that are nowhere, of the platforms that are asked for, and remembers what it was asked. */
export class FakeImages {
  readonly plans: ImagePlan[] = [];
  readonly #changes: Partial<NewImage>;

  constructor(changes: Partial<NewImage> = {}) {
    this.#changes = changes;
  }

  readonly make: ImageMaker = async (plan, _work, commit) => {
    this.plans.push(plan);
    const digest = () => `sha256:${randomBytes(32).toString('hex')}`;
    return commit({
      tag: plan.tag,
      digest: digest(),
      platform: platformAmong(plan.platforms) ?? 'linux/amd64',
      jinaVersion: plan.jinaVersion,
      layers: [{ digest: digest(), sizeBytes: 1000 }],
      bom: null,
      buildMs: 1,
      ...this.#changes,
    });
  };
}
