import { listArriving, stopArriving } from '#lib/artifacts/arriving.ts';
import { deleteArtifact, deleteArtifacts } from '#lib/artifacts/delete.ts';
import { DOCUMENT_ARRAY } from '#lib/artifacts/documents.ts';
import { type ArtifactRef, findVisible } from '#lib/artifacts/find.ts';
import { getDownload } from '#lib/artifacts/get-download-url.ts';
import { listArtifactIds, readArtifacts } from '#lib/artifacts/list.ts';
import { purgeArtifacts } from '#lib/artifacts/purge.ts';
import { type PushInput, pushArtifact } from '#lib/artifacts/push.ts';
import type { SortKey } from '#lib/artifacts/query.ts';
import { restoreArtifact } from '#lib/artifacts/restore.ts';
import { sees } from '#lib/artifacts/row.ts';
import { updateArtifact } from '#lib/artifacts/update.ts';
import { artifactJson, artifactListJson } from '#lib/rpc/artifact-shape.ts';
import type { CallContext, Result, Upload, UserContext } from '#lib/rpc/method.ts';

/** `artifact.upload`: contract 4.2 and, for what docarray before 0.13.8 leaves unsaid, 5.3. */
export async function upload(context: CallContext, request: Upload<PushInput>): Promise<Result> {
  const parseFields = (fields: Record<string, string>): PushInput => {
    const input = request.parseFields(fields);
    return { ...input, publicWhenNew: context.isEarlyDocarray && input.type === DOCUMENT_ARRAY };
  };
  return { kind: 'json', data: artifactJson(await pushArtifact({ ...context, ...request, parseFields })) };
}

/** `da.push`: contract 5.1. Of docarray before 0.11.3, whose pushes are all public and call their name a token. */
export async function daPush(context: CallContext, request: Upload<{ token: string }>): Promise<Result> {
  const parseFields = (fields: Record<string, string>): PushInput => {
    const { token: name } = request.parseFields(fields);
    return { name, type: DOCUMENT_ARRAY, publicWhenNew: true };
  };
  const { name } = await pushArtifact({ ...context, ...request, parseFields });
  return { kind: 'value', data: { token: name } };
}

/** `artifact.getDownloadUrl`: contract 4.3. */
export async function getDownloadUrl(
  { origin, clock, baseUrl }: CallContext,
  ref: ArtifactRef,
): Promise<Result> {
  const { row, link, expiresAt } = await getDownload({ ref, origin, clock });
  const download = `${baseUrl}/download/${link}`;
  return { kind: 'value', data: { _id: row.id, download, expireAt: expiresAt.toISOString() } };
}

/** `da.pull`: contract 5.1. */
export async function daPull(context: CallContext, { token }: { token: string }): Promise<Result> {
  return getDownloadUrl(context, { name: token });
}

/** `artifact.getDetail`: contract 4.4. */
export async function getDetail({ origin }: CallContext, ref: ArtifactRef): Promise<Result> {
  return { kind: 'json', data: artifactJson(await findVisible(origin.caller, ref)) };
}

interface ListInput {
  filter: Record<string, unknown>;
  search?: string;
  sort: SortKey[];
  pageIndex: number;
  pageSize: number;
}

/** `artifact.list`: contract 4.5. */
export async function list({ caller }: UserContext, input: ListInput): Promise<Result> {
  const { namespaceId, namePattern } = caller;
  const { ids, total } = await listArtifactIds({ ...input, namespaceId, namePattern });
  const { pageIndex, pageSize } = input;
  async function* items() {
    for await (const row of readArtifacts(ids)) {
      // It may have been renamed since.
      if (sees(caller, row)) yield artifactListJson(row);
    }
  }
  return {
    kind: 'list',
    items: items(),
    meta: { total, pageIndex, pageSize, numPages: Math.ceil(total / pageSize) },
  };
}

interface UpdateInput {
  id?: string;
  name?: string;
  public?: boolean;
  metaData?: string;
  keepDays?: number | null;
}

/** `artifact.update` and `artifact.updateMetaData`: contract 4.6. */
export async function update(context: UserContext, { id, ...changes }: UpdateInput): Promise<Result> {
  return { kind: 'json', data: artifactJson(await updateArtifact({ ...context, ref: { id }, changes })) };
}

/** `artifact.listArriving`: the caller's pushes whose bytes are coming, for the pages. */
export async function arriving({ caller }: UserContext): Promise<Result> {
  const found = await listArriving(caller);
  const data = found.map(({ startedAt, ...one }) => ({ ...one, startedAt: startedAt.toISOString() }));
  return { kind: 'value', data };
}

/** `artifact.stopArriving`: ends one of them. */
export async function stop({ caller }: UserContext, { id }: { id: string }): Promise<Result> {
  await stopArriving(caller, id);
  return { kind: 'value', data: { _id: id } };
}

/** `artifact.delete`: contract 4.7. Answers what was deleted. */
export async function remove(context: UserContext, ref: ArtifactRef): Promise<Result> {
  return { kind: 'json', data: artifactJson(await deleteArtifact({ ...context, ref })) };
}

/** `artifact.deleteMany`: contract 4.8. */
export async function removeMany(
  context: UserContext,
  { ids, names }: { ids: string[]; names: string[] },
): Promise<Result> {
  const refs = [...ids.map((id) => ({ id })), ...names.map((name) => ({ name }))];
  return { kind: 'value', data: { deletedCount: await deleteArtifacts({ ...context, refs }) } };
}

/** `artifact.restore`, for the pages: brings back what is in the caller's trash. */
export async function restore(context: UserContext, input: { id: string; name?: string }): Promise<Result> {
  return { kind: 'json', data: artifactJson(await restoreArtifact({ ...context, ...input })) };
}

/** `artifact.purge`, for the pages: deletes for good what is in the caller's trash. */
export async function purge(context: UserContext, { ids }: { ids: string[] }): Promise<Result> {
  return { kind: 'value', data: { deletedCount: await purgeArtifacts({ ...context, ids }) } };
}
