import type pg from 'pg';
import { DOCUMENT_ARRAY } from '#lib/artifacts/documents.ts';
import { makeRoom } from '#lib/artifacts/versions.ts';
import { overQuota, restoreOverQuota } from '#lib/blobs/faults.ts';
import { pool } from '#lib/db/pool.ts';

interface Usage {
  usedBytes: number;
  currentBytes: number;
  quotaBytes: number;
}

/** Where a namespace stands after a push was added, and what other pushes are bringing. */
export interface Charge extends Usage {
  inFlightBytes: number;
}

/** Adds to a namespace's counters and says where they stand. Keep it last in a transaction: it locks the row. */
async function addUsage(
  client: pg.ClientBase,
  namespaceId: string,
  bytes: number,
  currentBytes: number,
): Promise<Usage> {
  const { rows } = await client.query<Usage>({
    name: 'add-usage',
    text: `UPDATE namespace_usage SET used_bytes = used_bytes + $2, current_bytes = current_bytes + $3
      FROM namespace n WHERE n.id = namespace_id AND namespace_id = $1
      RETURNING used_bytes::float8 AS "usedBytes", current_bytes::float8 AS "currentBytes",
        quota_bytes::float8 AS "quotaBytes"`,
    values: [namespaceId, bytes, currentBytes],
  });
  if (!rows[0]) throw new Error(`namespace ${namespaceId} is gone`);
  return rows[0];
}

/**
 * Bytes of other pushes that are arriving now. Asked after the usage's row is locked, in a statement of its own:
 * one that had to wait for the lock would still count a push that was committed in the meantime.
 */
async function bytesInFlight(client: pg.ClientBase, namespaceId: string): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>({
    name: 'bytes-in-flight',
    text: `SELECT coalesce(sum(size_bytes), 0)::float8 AS bytes FROM blob
      WHERE namespace_id = $1 AND state = 'provisional'`,
    values: [namespaceId],
  });
  return rows[0]?.bytes ?? 0;
}

interface SettleOptions {
  namespaceId: string;
  /** Whose old versions go first; none for a push of something else. */
  artifactId?: string;
  /** Of the current versions alone. */
  currentGrowthBytes: number;
}

/**
 * Decides whether a push that was added to its namespace fits. Current versions and bytes in flight count; old
 * versions make room. A push that does not grow what is current is never refused, even above a quota that was lowered.
 * The usage's row must be locked.
 * @throws Fault `over-quota`.
 */
export async function settleUsage(
  client: pg.ClientBase,
  charge: Charge,
  options: SettleOptions,
): Promise<void> {
  const { namespaceId, artifactId, currentGrowthBytes } = options;
  const isFull = (inFlightBytes: number) => charge.currentBytes + inFlightBytes > charge.quotaBytes;
  if (currentGrowthBytes > 0 && isFull(charge.inFlightBytes)) {
    if (isFull(await bytesInFlight(client, namespaceId))) throw overQuota();
  }
  const excessBytes = charge.usedBytes - charge.quotaBytes;
  if (excessBytes <= 0) return;
  const freed = await makeRoom(client, { namespaceId, first: artifactId, excessBytes });
  if (freed > 0) await addUsage(client, namespaceId, -freed, 0);
}

interface RestoreCharge {
  namespaceId: string;
  /** Whose older versions make no room; an Executor has none that could. */
  artifactId?: string;
  /** Of all its versions. */
  bytes: number;
  currentBytes: number;
}

/**
 * Adds an artifact or an Executor from the trash to its namespace again. It fits when all its versions do beside the current ones of
 * the others and the bytes in flight: old versions of others make room, as for a push; none of its own is dropped.
 * @throws Fault `over-quota`.
 */
export async function chargeRestored(client: pg.ClientBase, options: RestoreCharge): Promise<void> {
  const { namespaceId, artifactId, bytes, currentBytes } = options;
  const usage = await addUsage(client, namespaceId, bytes, currentBytes);
  const neededBytes =
    usage.currentBytes + (bytes - currentBytes) + (await bytesInFlight(client, namespaceId));
  if (bytes > 0 && neededBytes > usage.quotaBytes) throw restoreOverQuota();
  const excessBytes = usage.usedBytes - usage.quotaBytes;
  if (excessBytes <= 0) return;
  const freed = await makeRoom(client, { namespaceId, spared: artifactId, excessBytes });
  if (freed > 0) await addUsage(client, namespaceId, -freed, 0);
}

/** Takes the sizes of deleted artifacts and Executors off their namespace. */
export async function creditNamespace(
  client: pg.ClientBase,
  namespaceId: string,
  bytes: number,
  currentBytes: number,
): Promise<void> {
  await addUsage(client, namespaceId, -bytes, -currentBytes);
}

/** What a namespace holds and may hold, for the pages. */
export interface StorageUsage {
  usedBytes: number;
  quotaBytes: number;
  /** How long a push is kept; null: for ever. */
  retentionDays: number | null;
  byKind: { documentArrays: number; executors: number; other: number; olderVersions: number };
}

/** The usage of a namespace by kind. */
export async function storageUsage(namespaceId: string): Promise<StorageUsage> {
  const { rows } = await pool().query<{
    usedBytes: number;
    quotaBytes: number;
    currentBytes: number;
    retentionDays: number | null;
    documentArrays: number;
    executors: number;
  }>({
    name: 'storage-usage',
    text: `SELECT used_bytes::float8 AS "usedBytes", quota_bytes::float8 AS "quotaBytes",
        current_bytes::float8 AS "currentBytes", retention_days AS "retentionDays",
        (SELECT coalesce(sum(size_bytes), 0) FROM artifact
          WHERE namespace_id = $1 AND type = $2 AND deleted_at IS NULL)::float8 AS "documentArrays",
        (SELECT coalesce(sum(size_bytes), 0) FROM executor
          WHERE namespace_id = $1 AND deleted_at IS NULL)::float8 AS executors
      FROM namespace JOIN namespace_usage ON namespace_id = id WHERE id = $1`,
    values: [namespaceId, DOCUMENT_ARRAY],
  });
  const row = rows[0];
  if (!row) throw new Error(`namespace ${namespaceId} is gone`);
  const { usedBytes, quotaBytes, retentionDays, currentBytes, documentArrays, executors } = row;
  return {
    usedBytes,
    quotaBytes,
    retentionDays,
    byKind: {
      documentArrays,
      executors,
      other: currentBytes - documentArrays - executors,
      olderVersions: usedBytes - currentBytes,
    },
  };
}
