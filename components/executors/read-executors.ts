import type { ExecutorQuery, ExecutorTrashQuery } from '#components/executor-paths.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { env } from '#lib/env.ts';
import { type FirstPush, listFirstPushes } from '#lib/executors/last-push.ts';
import { countExecutors, type ExecutorSummary, listOwnExecutors } from '#lib/executors/own-list.ts';
import { listExecutorTrash, type TrashedExecutor } from '#lib/executors/trash-list.ts';

/** How much lies on each of the two lists, and of how many the last push failed. */
export interface ExecutorCounts {
  live: number;
  trashed: number;
  failed: number;
}

interface ExecutorList {
  items: ExecutorSummary[];
  /** Of all pages. */
  total: number;
  counts: ExecutorCounts;
  firstPushes: FirstPush[];
  /** Whether this server builds images. */
  isBuilding: boolean;
}

/** What the Executors page shows of the caller's own, for its query. */
export async function readExecutors(caller: Caller, query: ExecutorQuery): Promise<ExecutorList> {
  const [list, counts, firstPushes] = await Promise.all([
    listOwnExecutors({
      caller,
      search: query.search || undefined,
      visibility: query.access ?? undefined,
      isFailed: query.isFailed,
      sort: { field: query.sort, direction: query.direction },
      pageIndex: query.page,
      pageSize: query.pageSize,
    }),
    countExecutors(caller.namespaceId),
    listFirstPushes(caller.namespaceId),
  ]);
  return { ...list, counts, firstPushes, isBuilding: env().IMAGES === 'on' };
}

interface TrashList {
  items: TrashedExecutor[];
  /** Of all pages. */
  total: number;
  counts: ExecutorCounts;
}

/** What the trash of Executors shows of the caller's own, for its query. */
export async function readExecutorTrash(
  { namespaceId }: Caller,
  query: ExecutorTrashQuery,
): Promise<TrashList> {
  const [list, counts] = await Promise.all([
    listExecutorTrash({
      namespaceId,
      search: query.search || undefined,
      sort: { field: query.sort, direction: query.direction },
      pageIndex: query.page,
      pageSize: query.pageSize,
    }),
    countExecutors(namespaceId),
  ]);
  return { ...list, counts };
}
