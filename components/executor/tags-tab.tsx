import { TagsTable } from '#components/executor/tags-table.tsx';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';

/** The tags of an Executor, and for its owner what can be done to them. */
export function TagsTab({ executor }: { executor: ExecutorPage }) {
  const { id, namespace, name, isOwn, tags, commits } = executor;
  return <TagsTable executor={{ id, namespace, name, isOwn }} tags={tags} commits={commits} />;
}
