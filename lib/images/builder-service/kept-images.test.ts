import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MINUTE_MS } from '#lib/clock.ts';
import type { BuiltImage } from '#lib/images/builder.ts';
import { KeptImages } from '#lib/images/builder-service/kept-images.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function kept() {
  const images = new KeptImages();
  const remove = vi.fn(async () => {});
  const image: BuiltImage = { platform: 'linux/amd64', bom: async () => null, push: async () => '', remove };
  return { images, remove, id: images.keep(image) };
}

it('an image that nobody asks for is removed after half an hour', async () => {
  const { remove } = kept();
  await vi.advanceTimersByTimeAsync(29 * MINUTE_MS);
  expect(remove).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
  expect(remove).toHaveBeenCalledOnce();
});

it('an image stays while it is pushed, however long that takes, and half an hour longer', async () => {
  const { images, remove, id } = kept();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const [one, other] = [first, second].map(({ promise }) => images.use(id, () => promise));
  await vi.advanceTimersByTimeAsync(45 * MINUTE_MS);
  first.resolve();
  await one;
  await vi.advanceTimersByTimeAsync(45 * MINUTE_MS);
  expect(remove).not.toHaveBeenCalled();
  second.reject(new Error('cut'));
  await expect(other).rejects.toThrow('cut');
  await vi.advanceTimersByTimeAsync(29 * MINUTE_MS);
  expect(remove).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
  expect(remove).toHaveBeenCalledOnce();
});
