import { isKeepable } from '#lib/db/keepable.ts';
import { pool } from '#lib/db/pool.ts';

/** What is kept of an act, as the person whose namespace it concerns may see it. */
export interface Act {
  id: string;
  at: Date;
  action: string;
  target: string | null;
  /** Who did it: the person, by a token of this name, an administrator, the server itself, or nobody who is known. */
  by: { kind: 'own' | 'other' | 'server' | 'nobody'; tokenName: string | null };
  address: string | null;
  client: string | null;
  requestId: string | null;
  detail: Record<string, string | number | boolean | null> | null;
}

/** Kinds of acts, each with the beginnings of its actions. */
export const ACT_KINDS = {
  'sign-in': ['session.', 'login.'],
  account: ['account.', 'invitation.', 'admin.', 'mail.'],
  token: ['token.', 'signingKey.'],
  storage: ['artifact.'],
  executor: ['executor.'],
} as const;
export type ActKind = keyof typeof ACT_KINDS;

interface ListActsOptions {
  /** The slug. */
  namespace: string;
  userId: string;
  /** A part of what it was done to, or an address. */
  search?: string;
  kind?: ActKind;
  /** Counted from 1. */
  pageIndex: number;
  pageSize: number;
}

/** A row of `ACT_COLUMNS` from `ACT_TABLES`. */
export interface ActRow extends Omit<Act, 'by'> {
  actorId: string | null;
  tokenName: string | null;
}

export const ACT_COLUMNS = `e.id::text AS id, e.at, e.action, e.target, e.actor_id AS "actorId", t.name AS "tokenName",
  e.address, e.client, e.request_id AS "requestId", e.detail`;
export const ACT_TABLES = 'audit_event e LEFT JOIN access_token t ON t.id = e.token_id';

function byOf({ actorId, tokenName, client, address }: ActRow, userId: string): Act['by'] {
  if (actorId === userId) return { kind: 'own', tokenName };
  if (actorId !== null) return { kind: 'other', tokenName: null };
  return { kind: client === 'housekeeping' && address === null ? 'server' : 'nobody', tokenName: null };
}

/** What the person with `userId` is told of a row; of an administrator not where they are and with what. */
export function toAct(row: ActRow, userId: string): Act {
  const { actorId: _actor, tokenName: _token, ...act } = row;
  const by = byOf(row, userId);
  return by.kind === 'other' ? { ...act, by, address: null, client: null } : { ...act, by };
}

const WHERE = `e.namespace = $1
  AND ($2::text IS NULL OR strpos(lower(coalesce(e.target, '')), lower($2)) > 0 OR e.address = $2)
  AND ($3::text[] IS NULL OR EXISTS (SELECT FROM unnest($3) AS kind WHERE starts_with(e.action, kind)))`;

/** Acts that concern a namespace and its person, the latest first, and how many there are in all. */
export async function listActs(options: ListActsOptions): Promise<{ items: Act[]; total: number }> {
  const { namespace, userId, search, kind, pageIndex, pageSize } = options;
  // No row holds such a text, and Postgres refuses to look for it.
  if (search && !isKeepable(search)) return { items: [], total: 0 };
  const filter = [namespace, search ?? null, kind ? ACT_KINDS[kind] : null];
  const [page, all] = await Promise.all([
    pool().query<ActRow>(
      `SELECT ${ACT_COLUMNS} FROM ${ACT_TABLES}
      WHERE ${WHERE} ORDER BY e.at DESC, e.id DESC LIMIT $4 OFFSET $5`,
      [...filter, pageSize, (pageIndex - 1) * pageSize],
    ),
    pool().query<{ total: string }>(`SELECT count(*) AS total FROM audit_event e WHERE ${WHERE}`, filter),
  ]);
  return { items: page.rows.map((row) => toAct(row, userId)), total: Number(all.rows[0]?.total ?? 0) };
}
