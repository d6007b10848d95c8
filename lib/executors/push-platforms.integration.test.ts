import { expect, it } from 'vitest';
import { requireImage } from '#lib/executors/choose-image.ts';
import { findPulled } from '#lib/executors/get-package.ts';
import { listImages } from '#lib/executors/image-list.ts';
import { makeUser } from '#lib/testing/domain.ts';
import { PLAIN_EXECUTOR } from '#lib/testing/executor-zip.ts';
import { FakeImages } from '#lib/testing/fake-images.ts';
import { pushFolder } from '#lib/testing/push-executor.ts';

const OTHER = 'linux/s390x';

async function pushes() {
  const user = await makeUser();
  const images = new FakeImages();
  const push = (input: { platform?: string; buildWithNoCache?: boolean } = {}) =>
    pushFolder(user, PLAIN_EXECUTOR, { id: 'MyExecutor', ...input }, 'push', images.make);
  return { user, images, push };
}

it('a push for a platform of which its commit has no image builds that alone, beside the first', async () => {
  const { images, push } = await pushes();
  const { result: first } = await push();
  const { result, told } = await push({ platform: OTHER });
  expect(result).toMatchObject({ id: first?.id, commit: first?.commit, isNew: false });
  expect(told.at(-1)?.message).toMatch(/^Built the image of commit 1 of MyExecutor/);
  expect((await push({ platform: OTHER })).told.at(-1)?.message).toMatch(/^Nothing has changed/);
  expect((await push()).told.at(-1)?.message).toMatch(/^Nothing has changed/);
  expect(images.plans.map(({ tag }) => tag)).toEqual([
    first?.commit,
    expect.stringMatching(`${first?.commit}-`),
  ]);
  const list = await listImages(first?.id ?? '', first?.commit ?? '');
  expect(list.map(({ platform, isRebuilt }) => [platform, isRebuilt])).toEqual([
    [OTHER, false],
    ['linux/amd64', false],
  ]);
});

it('who pulls gets their platform, and who names none gets the first', async () => {
  const { user, images, push } = await pushes();
  await push();
  await push({ platform: OTHER });
  const pulled = await findPulled(user.origin, { id: 'MyExecutor' });
  const tagFor = async (platform?: string) =>
    (await requireImage(user.origin, pulled, { platform, jina: '3.23.2' })).split(':').at(-1);
  const [first, second] = images.plans.map(({ tag }) => tag);
  expect(await tagFor()).toBe(first);
  expect(await tagFor('linux/arm64')).toBe(first);
  expect(await tagFor(OTHER)).toBe(second);
});

it('a push without the cache makes another commit of what has an image of that platform', async () => {
  const { push } = await pushes();
  const { result: first } = await push();
  const { result: beside } = await push({ platform: OTHER, buildWithNoCache: true });
  expect(beside).toMatchObject({ commit: first?.commit, isNew: false });
  const { result: anew } = await push({ platform: OTHER, buildWithNoCache: true });
  expect(anew).toMatchObject({ isNew: true });
});
