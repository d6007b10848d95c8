import { isKeepable } from '#lib/db/keepable.ts';
import { pool } from '#lib/db/pool.ts';

/** Columns by which administrators sort accounts, and what they stand for. */
const SORT_COLUMNS = {
  name: 'u.name',
  used: 'used.used_bytes',
  created: 'u.created_at',
  seen: 'seen.at',
} as const;

/** An account as an administrator sees it; nothing of what is inside of its things. */
export interface AccountRow {
  name: string;
  displayName: string | null;
  email: string | null;
  isVerified: boolean;
  isAdmin: boolean;
  isDisabled: boolean;
  createdAt: Date;
  /** When a session or a token of theirs was last used; null when none that there still is ever was. */
  lastSeenAt: Date | null;
  usedBytes: number;
  quotaBytes: number;
}

interface ListAccountPageOptions {
  /** A part of the name, of what people call them, or of the address. */
  search?: string;
  sort: { field: keyof typeof SORT_COLUMNS; direction: 1 | -1 };
  /** Counted from 1. */
  pageIndex: number;
  pageSize: number;
}

const WHERE = `($1::text IS NULL OR strpos(u.name, lower($1)) > 0 OR strpos(lower(coalesce(u.display_name, '')), lower($1)) > 0
  OR strpos(lower(coalesce(u.email, '')), lower($1)) > 0)`;

const COLUMNS = `u.name, u.display_name AS "displayName", u.email, u.email_verified_at IS NOT NULL AS "isVerified",
  u.is_admin AS "isAdmin", u.disabled_at IS NOT NULL AS "isDisabled", u.created_at AS "createdAt",
  seen.at AS "lastSeenAt", used.used_bytes AS "usedBytes", n.quota_bytes AS "quotaBytes"`;

const TABLES = `app_user u JOIN namespace n ON n.owner_id = u.id JOIN namespace_usage used ON used.namespace_id = n.id
  CROSS JOIN LATERAL (SELECT greatest(
    (SELECT max(coalesce(last_used_at, created_at)) FROM session WHERE user_id = u.id),
    (SELECT max(last_used_at) FROM access_token WHERE user_id = u.id)) AS at) seen`;

type Raw = Omit<AccountRow, 'usedBytes' | 'quotaBytes'> & { usedBytes: string; quotaBytes: string };

/** A page of the accounts, and how many there are in all. */
export async function listAccountPage(
  options: ListAccountPageOptions,
): Promise<{ items: AccountRow[]; total: number }> {
  const { search, sort, pageIndex, pageSize } = options;
  // No row holds such a text, and Postgres refuses to look for it.
  if (search && !isKeepable(search)) return { items: [], total: 0 };
  const direction = sort.direction === 1 ? 'ASC NULLS FIRST' : 'DESC NULLS LAST';
  const [page, all] = await Promise.all([
    pool().query<Raw>(
      `SELECT ${COLUMNS} FROM ${TABLES} WHERE ${WHERE}
      ORDER BY ${SORT_COLUMNS[sort.field]} ${direction}, u.name LIMIT $2 OFFSET $3`,
      [search ?? null, pageSize, (pageIndex - 1) * pageSize],
    ),
    pool().query<{ total: string }>(`SELECT count(*) AS total FROM app_user u WHERE ${WHERE}`, [
      search ?? null,
    ]),
  ]);
  const items = page.rows.map(({ usedBytes, quotaBytes, ...row }) => ({
    ...row,
    usedBytes: Number(usedBytes),
    quotaBytes: Number(quotaBytes),
  }));
  return { items, total: Number(all.rows[0]?.total ?? 0) };
}
