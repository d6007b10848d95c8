import type { Origin } from '#lib/audit/record.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import type { PulledExecutor, PulledImage } from '#lib/executors/get-package.ts';
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

/** What a client wants of an image. */
export interface WantedImage {
  /** `linux/arm64`; where there is none of it, and where nobody said, that for which it was pushed first. */
  platform?: string;
  /** The client's version of jina; where there is none for it, that for which it was pushed. */
  jina: string | null;
}

/** The newest one for the wanted version of jina, else for the one that it was pushed for. */
function choose(
  { images, jina: pushedFor }: PulledExecutor['commit'],
  { platform, jina }: WantedImage,
): PulledImage | undefined {
  const builtFor = (version: string | null) => images.filter(({ jinaVersion }) => jinaVersion === version);
  const fitting = [builtFor(jina), builtFor(pushedFor), images].find(({ length }) => length > 0) ?? [];
  const newestOf = (wanted?: string) => fitting.findLast((one) => one.platform === wanted);
  return newestOf(platform) ?? newestOf(fitting[0]?.platform);
}

/**
 * The image of a pulled commit, as engines call it, which the caller may pull from now on.
 * @throws Fault `not-found` when there is none, `log-in` for who gave a secret and nothing else.
 */
export async function requireImage(
  origin: Origin,
  pulled: PulledExecutor,
  wanted: WantedImage,
): Promise<string> {
  const image = choose(pulled.commit, wanted);
  if (!image) throw absentImage();
  await allowPull(origin, pulled);
  return imageReference(pulled.executor.id, image.tag);
}
