import type { Origin } from '#lib/audit/record.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import type { PulledExecutor } from '#lib/executors/get-package.ts';
import { seesExecutor } from '#lib/executors/row.ts';
import { recordGrant } from '#lib/registry/grant.ts';
import { imageReference } from '#lib/registry/reference.ts';

/** What an image of this commit is called, whether there is one or not: some clients want to be told. */
export function anyImage({ executor, commit }: PulledExecutor): string {
  return imageReference(executor.id, commit.id);
}

function absentImage(): Fault {
  if (env().IMAGES === 'off')
    return new Fault(
      'not-found',
      'There is no image of this Executor: this server builds none. Use it without docker, by jinaai:// or jinahub://.',
    );
  return new Fault(
    'not-found',
    'There is no image of this commit: it was pushed before this server built any. Its owner builds one by pushing it again.',
  );
}

/** The registry asks who pulls: the secret's word has to be written down for them. @throws Fault `log-in` for nobody. */
async function allowPull({ caller }: Origin, { executor }: PulledExecutor): Promise<void> {
  if (seesExecutor(caller, executor)) return;
  if (!caller)
    throw new Fault(
      'log-in',
      'The image of a private Executor is pulled by who is logged in: log in with jina-auth login, then give the secret again.',
    );
  if (executor.secretHash !== null) await recordGrant(caller.userId, executor.id, executor.secretHash);
}

/**
 * The image of a pulled commit, as engines call it, which the caller may pull from now on.
 * @param platform that the client prefers, such as `linux/arm64`; where there is none of it, any.
 * @throws Fault `not-found` when there is none, `log-in` for who gave a secret and nothing else.
 */
export async function requireImage(
  origin: Origin,
  pulled: PulledExecutor,
  platform?: string,
): Promise<string> {
  const { executor, commit } = pulled;
  const images = commit.images.filter(({ tag }) => tag === commit.id);
  const image = images.find((one) => one.platform === platform) ?? images[0];
  if (!image) throw absentImage();
  await allowPull(origin, pulled);
  return imageReference(executor.id, image.tag);
}
