import { expect, it, vi } from 'vitest';
import { purgeArtifacts } from '#lib/artifacts/purge.ts';
import { newId } from '#lib/ids.ts';
import { type News, noticeBoard } from '#lib/notices/board.ts';
import { announceChange } from '#lib/notices/outbox.ts';
import { makeUser } from '#lib/testing/domain.ts';

/** What a namespace is told from now on; resolves when it is listening. */
async function hear(namespaceId: string): Promise<{ heard: News[]; stop: () => void }> {
  const heard: News[] = [];
  const stop = noticeBoard().subscribe(namespaceId, (news) => heard.push(news));
  const first = newId();
  await vi.waitFor(() => {
    announceChange(namespaceId, [first]);
    expect(heard.some(({ artifactIds }) => artifactIds?.includes(first))).toBe(true);
  });
  heard.length = 0;
  return { heard, stop };
}

it('a notice that is longer than Postgres takes says "anything", and keeps nobody else’s from going out', async () => {
  const [loud, quiet] = [newId(), newId()];
  const [ofLoud, ofQuiet] = [await hear(loud), await hear(quiet)];
  const id = newId();
  announceChange(loud, ['x'.repeat(9_000)]);
  announceChange(quiet, [id]);
  await vi.waitFor(() => {
    expect(ofQuiet.heard.some(({ artifactIds }) => artifactIds?.includes(id))).toBe(true);
    expect(ofLoud.heard.some(({ artifactIds }) => artifactIds === null)).toBe(true);
  });
  ofLoud.stop();
  ofQuiet.stop();
});

it('who deletes what is not there for good announces nothing', async () => {
  const user = await makeUser();
  const { heard, stop } = await hear(user.caller.namespaceId);
  const absent = newId();
  expect(await purgeArtifacts({ ...user, ids: [absent, 'x'.repeat(9_000)] })).toBe(0);
  const last = newId();
  announceChange(user.caller.namespaceId, [last]);
  await vi.waitFor(() => expect(heard.some(({ artifactIds }) => artifactIds?.includes(last))).toBe(true));
  expect(heard.some(({ artifactIds }) => artifactIds === null || artifactIds.includes(absent))).toBe(false);
  stop();
});
