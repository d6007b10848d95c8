import type pg from 'pg';

interface SeedOptions {
  namespaceId: string;
  count: number;
}

const WORDS =
  'text image audio video pdf search index encode decode rank segment translate classify detect cluster stream batch cache graph table vector sparse dense hybrid query match score filter merge split speech music bird street sign face plant cell protein molecule weather satellite invoice contract medical legal code poem recipe'.split(
    ' ',
  );

/** As pushes would leave them, but for bytes: public ones with a description, keywords and a readme of some words. */
const SEED = `
  WITH numbered AS (
    SELECT i, substr(md5($1 || '/' || i), 1, 24) AS commit_id, lpad(to_hex(i), 8, '0') AS id,
      ($3::text[])[1 + i % $4] AS first, ($3::text[])[1 + (i / 7) % $4] AS second,
      (SELECT string_agg(($3::text[])[1 + abs(hashint8(i * 97 + k)) % $4], ' ') FROM generate_series(1, 120) AS k) AS readme
    FROM generate_series(0, $2::bigint - 1) AS i
  ), blobs AS (
    INSERT INTO blob (id, namespace_id, store, state, size_bytes, sha256)
    SELECT commit_id, $1, 'disk', 'committed', 1000, sha256(commit_id::bytea) FROM numbered
  ), commits AS (
    INSERT INTO executor_commit (id, executor_id, number, blob_id, size_bytes, sha256, md5, content_digest, class_name, facts, client)
    SELECT commit_id, id, 1, commit_id, 1000, sha256(commit_id::bytea), md5(commit_id), commit_id, 'Seeded', '{}', '{}' FROM numbered
  ), tags AS (
    INSERT INTO executor_tag (executor_id, name, commit_id) SELECT id, 'latest', commit_id FROM numbered
  )
  INSERT INTO executor (id, namespace_id, name, visibility, current_commit_id, description, keywords, readme, size_bytes,
    pulls, created_at, updated_at)
  SELECT id, $1, initcap(first) || initcap(second) || i, 'public', commit_id,
    'An Executor number ' || i || ' that can ' || second || ' what is ' || first, ARRAY[first, second],
    'rare' || (i % 1000) || ' ' || readme, 1000, abs(hashint8(i)) % 100000, now() - i * interval '1 minute',
    now() - i * interval '1 minute'
  FROM numbered`;

/** What triggers would have written. */
const TALLY = `
  INSERT INTO hub_tally (keyword, executors)
  SELECT word, count(*) FROM (
    SELECT DISTINCT e.id, word FROM executor e, unnest(e.keywords || ''::text) AS word WHERE e.visibility = 'public'
  ) AS each GROUP BY word`;

/**
 * Fills a database without Executors with public ones that have rows but no bytes. For a throw-away database: foreign
 * keys are not checked, the namespace's counters stay, and the connection must be a superuser's.
 */
export async function seedExecutors(client: pg.Client, { namespaceId, count }: SeedOptions): Promise<void> {
  await client.query('SET session_replication_role = replica');
  await client.query(SEED, [namespaceId, count, WORDS, WORDS.length]);
  await client.query(TALLY);
  await client.query('RESET session_replication_role');
}
