import { pool } from '#lib/db/pool.ts';
import { storeAnswers } from '#lib/health/check.ts';
import { hasMailServer } from '#lib/mail/server.ts';
import manifest from '../../package.json' with { type: 'json' };

/** What an administrator sees at first glance. */
export interface Overview {
  version: string;
  users: number;
  /** Of the users. */
  disabledUsers: number;
  artifacts: number;
  usedBytes: number;
  /** The sum of all quotas. */
  promisedBytes: number;
  /** How long the database took for these counts, in milliseconds. */
  databaseMs: number;
  hasStore: boolean;
  mail: {
    isSetUp: boolean;
    waiting: number;
    failed: number;
    /** Why the last attempt failed, while something waits for another. */
    failure: string | null;
  };
}

interface Counts {
  users: string;
  disabledUsers: string;
  artifacts: string;
  usedBytes: string;
  promisedBytes: string;
  waiting: string;
  failed: string;
  failure: string | null;
}

const COUNTS = `SELECT
  (SELECT count(*) FROM app_user) AS users,
  (SELECT count(*) FROM app_user WHERE disabled_at IS NOT NULL) AS "disabledUsers",
  (SELECT coalesce(sum(artifacts), 0) FROM artifact_tally) AS artifacts,
  (SELECT coalesce(sum(used_bytes), 0) FROM namespace_usage) AS "usedBytes",
  (SELECT coalesce(sum(quota_bytes), 0) FROM namespace) AS "promisedBytes",
  (SELECT count(*) FROM mail WHERE next_attempt_at IS NOT NULL) AS waiting,
  (SELECT count(*) FROM mail WHERE next_attempt_at IS NULL AND sent_at IS NULL) AS failed,
  (SELECT failure FROM mail WHERE next_attempt_at IS NOT NULL AND failure IS NOT NULL
    ORDER BY created_at DESC LIMIT 1) AS failure`;

/** Counts and checks; @throws when the database does not answer, as every page does. */
export async function readOverview(): Promise<Overview> {
  const start = performance.now();
  const { rows } = await pool().query<Counts>(COUNTS);
  const databaseMs = performance.now() - start;
  const counts = rows[0];
  if (!counts) throw new Error('counts without a row');
  return {
    version: manifest.version,
    users: Number(counts.users),
    disabledUsers: Number(counts.disabledUsers),
    artifacts: Number(counts.artifacts),
    usedBytes: Number(counts.usedBytes),
    promisedBytes: Number(counts.promisedBytes),
    databaseMs,
    hasStore: await storeAnswers(),
    mail: {
      isSetUp: hasMailServer(),
      waiting: Number(counts.waiting),
      failed: Number(counts.failed),
      failure: counts.failure,
    },
  };
}
