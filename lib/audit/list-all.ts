import { ACT_COLUMNS, ACT_KINDS, ACT_TABLES, type ActKind, type ActRow } from '#lib/audit/list.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { pool } from '#lib/db/pool.ts';

/** What is kept of an act, as an administrator may see it: names, never what is inside of a thing. */
export interface AnyAct extends ActRow {
  /** Whom it concerns: the slug. */
  namespace: string | null;
  /** The user name of who did it; null for nobody who is known, and for who is gone. */
  actorName: string | null;
}

interface ListAllActsOptions {
  /** A part of what it was done to, a user name or an address. */
  search?: string;
  kind?: ActKind;
  /** Counted from 1. */
  pageIndex: number;
  pageSize: number;
}

const TABLES = `${ACT_TABLES} LEFT JOIN app_user u ON u.id = e.actor_id`;
const WHERE = `($1::text IS NULL OR strpos(lower(coalesce(e.target, '')), lower($1)) > 0 OR e.address = $1
    OR e.namespace = $1 OR u.name = $1)
  AND ($2::text[] IS NULL OR EXISTS (SELECT FROM unnest($2) AS kind WHERE starts_with(e.action, kind)))`;

/** Acts of everybody, the latest first, and how many there are in all. */
export async function listAllActs(options: ListAllActsOptions): Promise<{ items: AnyAct[]; total: number }> {
  const { search, kind, pageIndex, pageSize } = options;
  // No row holds such a text, and Postgres refuses to look for it.
  if (search && !isKeepable(search)) return { items: [], total: 0 };
  const filter = [search ?? null, kind ? ACT_KINDS[kind] : null];
  const [page, all] = await Promise.all([
    pool().query<AnyAct>(
      `SELECT ${ACT_COLUMNS}, e.namespace, u.name AS "actorName" FROM ${TABLES}
      WHERE ${WHERE} ORDER BY e.at DESC, e.id DESC LIMIT $3 OFFSET $4`,
      [...filter, pageSize, (pageIndex - 1) * pageSize],
    ),
    pool().query<{ total: string }>(`SELECT count(*) AS total FROM ${TABLES} WHERE ${WHERE}`, filter),
  ]);
  return { items: page.rows, total: Number(all.rows[0]?.total ?? 0) };
}
