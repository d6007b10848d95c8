import { pool } from '#lib/db/pool.ts';

/** All pulls there ever were, as an SQL expression on `artifact a`; those of this moment are not yet added up. */
export const ALL_PULLS = `
  (a.pulls + (SELECT coalesce(sum(t.pulls), 0) FROM pull_tally t WHERE t.artifact_id = a.id))::float8`;

/** How often each artifact was pulled in all, for one page of a list. */
export async function countPulls(artifactIds: string[]): Promise<Map<string, number>> {
  const { rows } = await pool().query<{ id: string; pulls: number }>({
    name: 'count-pulls',
    text: `SELECT a.id, ${ALL_PULLS} AS pulls FROM artifact a WHERE a.id = ANY($1)`,
    values: [artifactIds],
  });
  return new Map(rows.map(({ id, pulls }) => [id, pulls]));
}
