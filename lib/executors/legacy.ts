import type { Origin } from '#lib/audit/record.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { purgeExecutorsIn } from '#lib/executors/purge.ts';
import { removeExecutors } from '#lib/executors/remove.ts';

/** An Executor that is nobody's: imported, or pushed without a token. */
interface LegacyExecutor {
  id: string;
  name: string;
  /** The slug of the system's namespace that holds it. */
  namespace: string;
  visibility: 'public' | 'private';
  sizeBytes: number;
}

const SELECT = `
  SELECT e.id, e.name, n.slug AS namespace, e.visibility, e.size_bytes::float8 AS "sizeBytes"
  FROM executor e JOIN namespace n ON n.id = e.namespace_id WHERE n.kind = 'system'`;

/** Those that are nobody's, by name. */
export async function listLegacyExecutors(): Promise<LegacyExecutor[]> {
  const { rows } = await pool().query<LegacyExecutor>(`${SELECT} ORDER BY e.name`);
  return rows;
}

/**
 * Deletes for good what is nobody's under a name: there is nobody who could restore it. The name is free afterwards.
 * @throws Fault `not-found`.
 */
export async function deleteLegacyExecutor({
  name,
  origin,
}: {
  name: string;
  origin: Origin;
}): Promise<void> {
  const { rows } = await pool().query<LegacyExecutor>(`${SELECT} AND e.name = $1`, [name]);
  const ids = rows.map(({ id }) => id);
  const purged = await transaction(async (client) => {
    await removeExecutors(client, ids, origin);
    return purgeExecutorsIn(client, { ids, origin });
  });
  if (purged > 0) return;
  throw new Fault(
    'not-found',
    `There is no Executor ${name} that is nobody's. List them with: executor list --legacy`,
  );
}
