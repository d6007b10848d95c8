import type { Caller } from '#lib/auth/caller.ts';
import { matchesName } from '#lib/tokens/name-pattern.ts';

/** An Executor as every read of the API needs it, without its commits. */
export interface ExecutorRow {
  /** Eight characters of `0-9a-z`. */
  id: string;
  namespaceId: string;
  /** The slug of the owning namespace. */
  namespace: string;
  name: string;
  /** The name by which everybody finds it without a namespace, where it has one. */
  legacyName: string | null;
  visibility: 'public' | 'private';
  secretHash: string | null;
  currentCommitId: string;
  description: string | null;
  url: string | null;
  keywords: string[];
  /** Of the packages of all commits. */
  sizeBytes: number;
  createdAt: Date;
  updatedAt: Date;
}

/** The columns of an `ExecutorRow`, of the tables in `EXECUTOR_TABLES`. */
export const EXECUTOR_COLUMNS = `e.id, e.namespace_id AS "namespaceId", n.slug AS namespace, e.name, e.legacy_name AS "legacyName", e.visibility,
    e.secret_hash AS "secretHash", e.current_commit_id AS "currentCommitId", e.description, e.url, e.keywords,
    e.size_bytes::float8 AS "sizeBytes", e.created_at AS "createdAt", e.updated_at AS "updatedAt"`;

export const EXECUTOR_TABLES = 'executor e JOIN namespace n ON n.id = e.namespace_id';

/** `SELECT … FROM …` of an `ExecutorRow`; add the `WHERE`, and mind `e.deleted_at`. */
export const SELECT_EXECUTOR = `SELECT ${EXECUTOR_COLUMNS} FROM ${EXECUTOR_TABLES}`;

/** Whether the caller (null: nobody) owns the Executor. */
export function ownsExecutor(caller: Caller | null, row: Pick<ExecutorRow, 'namespaceId'>): boolean {
  return caller !== null && caller.namespaceId === row.namespaceId;
}

/**
 * Whether the caller (null: nobody) may see the Executor without its secret: their own as far as their token's name
 * pattern goes, and what others made public.
 */
export function seesExecutor(
  caller: Caller | null,
  row: Pick<ExecutorRow, 'namespaceId' | 'name' | 'visibility'>,
): boolean {
  if (ownsExecutor(caller, row)) return matchesName(caller?.namePattern ?? null, row.name);
  return row.visibility === 'public';
}
