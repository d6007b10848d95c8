import { type CatalogueItem, listCatalogue } from '#lib/executors/catalogue.ts';
import type { CatalogueQuery } from '#lib/executors/catalogue-statement.ts';
import { getBom } from '#lib/executors/get-bom.ts';
import { orderRebuild } from '#lib/executors/order-rebuild.ts';
import { purgeExecutors } from '#lib/executors/purge.ts';
import { deleteExecutor, deleteExecutors } from '#lib/executors/remove.ts';
import { restoreExecutor } from '#lib/executors/restore.ts';
import type { ExecutorRow } from '#lib/executors/row.ts';
import { setExecutorVisibility } from '#lib/executors/set-visibility.ts';
import { deleteTag, setTag } from '#lib/executors/tag.ts';
import type { CallContext, Result, UserContext } from '#lib/rpc/method.ts';
import { cancelTask } from '#lib/tasks/cancel.ts';

/** An Executor as the answer of a change tells it: contract 7.2, without its commits. */
function executorData(row: ExecutorRow) {
  const { id, name, visibility, namespace, description, keywords, createdAt, updatedAt } = row;
  return {
    id,
    _id: id,
    name,
    visibility,
    owner: { name: namespace },
    description: description ?? '',
    keywords,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** An item of a list: contract 7.6. What is nobody's has no owner. */
function itemJson(item: CatalogueItem): string {
  const { isNobodys, namespace, description, tag, createdAt, updatedAt, ...facts } = item;
  return JSON.stringify({
    ...facts,
    _id: item.id,
    owner: isNobodys ? {} : { name: namespace },
    description: description ?? '',
    tag,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  });
}

interface ListInput {
  search?: string;
  sort: CatalogueQuery['sort'];
  author?: string;
  keywords: string[];
  withAnonymous?: boolean;
  pageIndex: number;
  pageSize: number;
}

/** `executor.list`: contract 7.6. Public ones, and the caller's own. */
export async function list({ origin }: CallContext, input: ListInput): Promise<Result> {
  const { search = null, author = null, withAnonymous = false, ...query } = input;
  const { items, total } = await listCatalogue({
    ...query,
    caller: origin.caller,
    search,
    author,
    withAnonymous,
  });
  const { pageIndex, pageSize } = input;
  async function* lines() {
    for (const item of items) yield itemJson(item);
  }
  const meta = { total, pageIndex, pageSize, numPages: Math.ceil(total / pageSize) };
  return { kind: 'list', items: lines(), meta };
}

/** `executor.setVisibility`, for the pages: who may see and pull an Executor. */
export async function setVisibility(
  context: UserContext,
  input: { id: string; public: boolean },
): Promise<Result> {
  const visibility = input.public ? 'public' : 'private';
  const row = await setExecutorVisibility({ ...context, id: input.id, visibility });
  return { kind: 'value', data: executorData(row) };
}

/** `executor.delete`, for the pages: moves an Executor to the trash, and answers what was deleted. */
export async function remove(context: UserContext, { id }: { id: string }): Promise<Result> {
  return { kind: 'value', data: executorData(await deleteExecutor({ ...context, id })) };
}

/** `executor.deleteMany`, for the pages. */
export async function removeMany(context: UserContext, { ids }: { ids: string[] }): Promise<Result> {
  return { kind: 'value', data: { deletedCount: await deleteExecutors({ ...context, ids }) } };
}

/** `executor.restore`, for the pages: brings back what is in the caller's trash. */
export async function restore(context: UserContext, { id }: { id: string }): Promise<Result> {
  return { kind: 'value', data: executorData(await restoreExecutor({ ...context, id })) };
}

/** `executor.purge`, for the pages: deletes for good what is in the caller's trash. */
export async function purge(context: UserContext, { ids }: { ids: string[] }): Promise<Result> {
  return { kind: 'value', data: { deletedCount: await purgeExecutors({ ...context, ids }) } };
}

interface TagInput {
  id: string;
  tag: string;
  commit?: string;
  isProtected?: boolean;
}

/** `executor.setTag`, for the pages: makes, moves or protects a tag. */
export async function putTag(context: UserContext, input: TagInput): Promise<Result> {
  const { id, tag, commitId, isProtected } = await setTag({ ...context, ...input });
  return { kind: 'value', data: { id, tag, commit: { id: commitId, _id: commitId }, isProtected } };
}

/** `executor.deleteTag`, for the pages. */
export async function removeTag(context: UserContext, input: { id: string; tag: string }): Promise<Result> {
  return { kind: 'value', data: await deleteTag({ ...context, ...input }) };
}

/** `executor.rebuildImage`: ours; the progress of its task is asked for as a push's (contract 7.5). */
export async function rebuildImage(
  { caller, origin }: UserContext,
  input: { id: string; tag?: string; jina?: string; buildEnv: Record<string, string> },
): Promise<Result> {
  return { kind: 'accepted', data: { _id: await orderRebuild({ caller, origin, ...input }) } };
}

/** `executor.cancelPush`, for the pages: ends a push that waits or runs. */
export async function cancelPush({ caller, origin }: UserContext, { id }: { id: string }): Promise<Result> {
  await cancelTask(caller, id, origin);
  return { kind: 'value', data: null };
}

/** `executor.getBom`, for the pages: what is installed in an image, as SPDX. */
export async function bom({ origin }: CallContext, input: { id: string; tag?: string }): Promise<Result> {
  return { kind: 'value', data: await getBom(origin, input) };
}
