import type { PulledExecutor } from '#lib/executors/get-package.ts';
import type { PushResult } from '#lib/executors/push-result.ts';

/** What is shown in the place of a value that was for the build alone (contract 7.6). */
const MASK = '***';

/**
 * The payload of a finished push: contract 7.2.
 * @param secret of a push that has one.
 * @param hasOwner whether to say whose it is: not to who asks for a secret, and prints both as one address.
 */
export function pushedShape(
  { id, name, visibility, owner, commit, tags }: PushResult,
  secret: string | null,
  hasOwner: boolean,
) {
  const shape = { id, _id: id, name, visibility, commit: { id: commit, _id: commit, tags } };
  return {
    ...shape,
    ...(secret === null ? {} : { secret }),
    ...(hasOwner && owner !== null ? { owner: { name: owner } } : {}),
  };
}

/** An Executor and one of its commits: contract 7.6, without the package. */
export function pulledShape({ executor, commit }: PulledExecutor) {
  const { id, name, visibility, namespace, description, url, keywords, createdAt, updatedAt } = executor;
  return {
    id,
    _id: id,
    name,
    visibility,
    owner: { name: namespace },
    description,
    url,
    keywords,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    commit: {
      id: commit.id,
      _id: commit.id,
      tags: commit.tags,
      commitParams: { buildEnv: Object.fromEntries(commit.buildEnv.map((key) => [key, MASK])) },
    },
  };
}
