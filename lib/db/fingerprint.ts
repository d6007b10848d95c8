import { createHmac } from 'node:crypto';
import pg from 'pg';
import { Refusal } from '#lib/refusal.ts';

/** Says nothing about the secret, but is the same for the same one. */
function fingerprintOf(secret: string): string {
  return createHmac('sha256', secret).update('groundstation fingerprint of AUTH_SECRET').digest('hex');
}

/** Whether the database remembers `value` under `key`; the first one who asks makes it so. */
async function isRemembered(url: string, key: string, value: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      key,
      value,
    ]);
    const { rowCount } = await client.query('SELECT FROM setting WHERE key = $1 AND value = $2', [
      key,
      value,
    ]);
    return rowCount === 1;
  } finally {
    await client.end();
  }
}

/**
 * Compares AUTH_SECRET with the one that the database was first used with, and remembers the first. With two,
 * each replica would refuse the cookies and links of the others.
 * @throws Refusal when they differ.
 */
export async function checkFingerprint(url: string, secret: string): Promise<void> {
  if (await isRemembered(url, 'auth-secret-fingerprint', fingerprintOf(secret))) return;
  throw new Refusal(
    'AUTH_SECRET is not the one that this database is used with; give the same one, which is in the file auth-secret of the first DATA_DIR unless it was given.',
  );
}

/**
 * Compares the mark of our folder of blobs with that of the first server on this database.
 * @returns the line to show when they differ: blobs on disk are for one machine, or for a folder that all share.
 */
export async function checkBlobFolder(url: string, mark: string): Promise<string | null> {
  if (await isRemembered(url, 'disk-blobs', mark)) return null;
  return 'Blobs: the other servers of this database keep theirs in another folder, so each finds only its own. Give all the same DATA_DIR/blobs.';
}
