import { ACT_COLUMNS, ACT_TABLES, type Act, type ActRow, toAct } from '#lib/audit/list.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { pool } from '#lib/db/pool.ts';

const BATCH = 1000;

/** Every act that concerns the caller's namespace, the latest first; a batch at a time, so that memory stays flat. */
export async function* readActs({ name, userId }: Caller): AsyncGenerator<Act> {
  for (let before: string | null = null; ; ) {
    const { rows }: { rows: ActRow[] } = await pool().query<ActRow>(
      `SELECT ${ACT_COLUMNS} FROM ${ACT_TABLES}
      WHERE e.namespace = $1 AND ($2::bigint IS NULL OR e.id < $2) ORDER BY e.id DESC LIMIT $3`,
      [name, before, BATCH],
    );
    for (const row of rows) yield toAct(row, userId);
    before = rows.at(-1)?.id ?? null;
    if (rows.length < BATCH) return;
  }
}
