import type pg from 'pg';

interface SeedOptions {
  namespaceId: string;
  count: number;
  /** JSON text of each one's metadata, in which `#10` becomes its number modulo 10 and `#` its number, from 0. */
  metaData: string;
}

/** As pushes would leave them, but for bytes: most are private DocumentArrays, pushed over the last weeks. */
const SEED = `
  WITH numbered AS (
    SELECT i, substr(md5($1 || '/' || i), 1, 24) AS id, replace(replace($3, '#10', (i % 10)::text), '#', i::text) AS meta_data,
      (hashint8(i) & 1048575) AS size_bytes, now() - i * interval '1 second' AS pushed_at
    FROM generate_series(0, $2::bigint - 1) AS i
  ), blobs AS (
    INSERT INTO blob (id, namespace_id, store, state, size_bytes, sha256)
    SELECT id, $1, 'disk', 'committed', size_bytes, sha256(id::bytea) FROM numbered
  ), versions AS (
    INSERT INTO artifact_version (id, artifact_id, number, blob_id, size_bytes, sha256, documents, meta_data_text,
      meta_data, client, created_at)
    SELECT id, id, 1, id, size_bytes, sha256(id::bytea), 3 + i % 1000, meta_data, jsonb_build_object($1::text, meta_data::jsonb), '{}', pushed_at FROM numbered
  )
  INSERT INTO artifact (id, namespace_id, name, type, visibility, current_version_id, size_bytes, documents, pulls,
    expires_at, created_at, updated_at)
  SELECT id, $1, 'artifact-' || i,
    CASE WHEN i % 10 = 8 THEN 'model' WHEN i % 10 < 8 THEN 'documentArray' END,
    (CASE WHEN i % 10 = 7 THEN 'public' ELSE 'private' END)::visibility, id, size_bytes,
    CASE WHEN i % 10 < 8 THEN 3 + i % 1000 END, hashint8(i + 2) & 1023, CASE WHEN i % 2 = 0 THEN pushed_at + interval '30 days' END, pushed_at,
    pushed_at + (hashint8(i + 1) & 65535) * interval '1 second'
  FROM numbered`;

/** What triggers would have written. */
const TALLY = `
  INSERT INTO artifact_tally (namespace_id, type, visibility, artifacts)
  SELECT namespace_id, type, visibility, count(*) FROM artifact WHERE namespace_id = $1 GROUP BY 1, 2, 3`;

/**
 * Fills an empty namespace with artifacts that have rows but no bytes. For a throw-away database: foreign keys are not
 * checked, the namespace's counters stay, and the connection must be a superuser's.
 */
export async function seedArtifacts(client: pg.Client, options: SeedOptions): Promise<void> {
  await client.query('SET session_replication_role = replica');
  await client.query(SEED, [options.namespaceId, options.count, options.metaData]);
  await client.query(TALLY, [options.namespaceId]);
  await client.query('RESET session_replication_role');
}
