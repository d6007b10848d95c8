import { gather } from '#lib/db/gather.ts';
import { pool } from '#lib/db/pool.ts';

interface Statement {
  /** Unique, since statements are prepared by their names. */
  name: string;
  /** The columns of an `Asked`: `namespace text, name text`. */
  columns: string;
  /** Selects at most one row, by the columns of `asked`; it ends with its conditions. */
  select: string;
}

/**
 * A look-up of one row, or null, that shares its statement with the others of the same moment (lib/db/gather.ts). The
 * function's set has one size for the planner, so that it plans once and for all; the limit keeps it from joining them
 * in any other way than one by one, by their indexes.
 */
export function gatherRows<Asked extends object, Row extends object>({ name, columns, select }: Statement) {
  const text = `
    SELECT asked.at, found.*
    FROM json_to_recordset($1) AS asked (at int, ${columns}) CROSS JOIN LATERAL (${select} LIMIT 1) AS found`;
  return gather(async (asked: Asked[]): Promise<(Row | null)[]> => {
    const values = [JSON.stringify(asked.map((one, at) => ({ at, ...one })))];
    const { rows } = await pool().query<Row & { at: number }>({ name, text, values });
    const found = asked.map((): Row | null => null);
    for (const { at, ...row } of rows) found[at] = row as unknown as Row;
    return found;
  });
}
