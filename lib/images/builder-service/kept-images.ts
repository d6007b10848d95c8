import { randomUUID } from 'node:crypto';
import { MINUTE_MS } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';
import type { BuiltImage } from '#lib/images/builder.ts';
import { log } from '#lib/log.ts';

/** The worker that asked for an image pushes it at once; one that has died never does. */
const KEEP_MS = 30 * MINUTE_MS;

interface Kept {
  image: BuiltImage;
  /** How many are at it: none of them takes too long. */
  uses: number;
  forgotten: NodeJS.Timeout | undefined;
}

async function removeQuietly(image: BuiltImage): Promise<void> {
  await image.remove().catch((error) => log().warn({ err: String(error) }, 'an image could not be removed'));
}

/** Images that were built and wait to be pushed. What nobody asks for is removed after half an hour. */
export class KeptImages {
  readonly #images = new Map<string, Kept>();

  /** @returns the id under which it is asked for. */
  keep(image: BuiltImage): string {
    const id = randomUUID();
    this.#images.set(id, { image, uses: 0, forgotten: this.#forgetLater(id) });
    return id;
  }

  #forgetLater(id: string): NodeJS.Timeout {
    return setTimeout(() => void this.remove(id), KEEP_MS).unref();
  }

  /**
   * Does something with an image, which is not taken for forgotten meanwhile.
   * @throws Fault `unavailable` for one that is not there, such as after a restart: it can be built again.
   */
  async use<T>(id: string, work: (image: BuiltImage) => Promise<T>): Promise<T> {
    const kept = this.#images.get(id);
    if (!kept) throw new Fault('unavailable', 'The builder was started anew in between. Push again.');
    clearTimeout(kept.forgotten);
    kept.uses += 1;
    try {
      return await work(kept.image);
    } finally {
      kept.uses -= 1;
      if (kept.uses === 0 && this.#images.has(id)) kept.forgotten = this.#forgetLater(id);
    }
  }

  /** Removes one, or does nothing where it is gone. */
  async remove(id: string): Promise<void> {
    const kept = this.#images.get(id);
    if (!kept) return;
    this.#images.delete(id);
    clearTimeout(kept.forgotten);
    await removeQuietly(kept.image);
  }

  async removeAll(): Promise<void> {
    await Promise.all([...this.#images.keys()].map((id) => this.remove(id)));
  }
}
