import { pool } from '#lib/db/pool.ts';

/** How often each artifact was pulled in all; counted by index, for one page of a list. */
export async function countPulls(artifactIds: string[]): Promise<Map<string, number>> {
  const { rows } = await pool().query<{ id: string; pulls: number }>({
    name: 'count-pulls',
    text: `SELECT wanted.id, ((SELECT count(*) FROM download WHERE artifact_id = wanted.id)
        + (SELECT coalesce(sum(count), 0) FROM download_day WHERE artifact_id = wanted.id))::float8 AS pulls
      FROM unnest($1::text[]) AS wanted (id)`,
    values: [artifactIds],
  });
  return new Map(rows.map(({ id, pulls }) => [id, pulls]));
}
