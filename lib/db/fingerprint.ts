import { createHmac } from 'node:crypto';
import pg from 'pg';
import { Refusal } from '#lib/refusal.ts';

const SETTING_KEY = 'auth-secret-fingerprint';

/** Says nothing about the secret, but is the same for the same one. */
function fingerprintOf(secret: string): string {
  return createHmac('sha256', secret).update('groundstation fingerprint of AUTH_SECRET').digest('hex');
}

/**
 * Compares AUTH_SECRET with the one that the database was first used with, and remembers the first. With two,
 * each replica would refuse the cookies and links of the others.
 * @throws Refusal when they differ.
 */
export async function checkFingerprint(url: string, secret: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const ours = fingerprintOf(secret);
    await client.query('INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      SETTING_KEY,
      ours,
    ]);
    const { rows } = await client.query('SELECT FROM setting WHERE key = $1 AND value = $2', [
      SETTING_KEY,
      ours,
    ]);
    if (rows.length === 1) return;
  } finally {
    await client.end();
  }
  throw new Refusal(
    'AUTH_SECRET is not the one that this database is used with; give the same one, which is in the file auth-secret of the first DATA_DIR unless it was given.',
  );
}
