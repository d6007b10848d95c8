import type pg from 'pg';
import { leaseLost, uploadStopped } from '#lib/blobs/faults.ts';
import { blobStore, currentStore } from '#lib/blobs/store.ts';
import { SECOND_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import type { Fault } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import { log } from '#lib/log.ts';
import { announceArrival } from '#lib/notices/outbox.ts';

/** How long a writer that says nothing is taken to be alive, and how often a living one says so. By the database's clock. */
const LEASE_SECONDS = 60;
const RENEW_EVERY_MS = 15 * SECOND_MS;
/** How often an upload whose bytes come says how far it is, and looks whether it is still wanted. */
const TELL_EVERY_MS = SECOND_MS;
/** Enough of the beginning to read the header of a DocumentArray. */
export const HEAD_BYTES = 16;

/** What cannot fit anyway is not counted against pushes that come in the same moment. */
const PROVISION = {
  name: 'provision-blob',
  text: `
    WITH room AS (
      SELECT greatest(0, n.quota_bytes - u.current_bytes
          - coalesce((SELECT sum(b.size_bytes) FROM blob b WHERE b.namespace_id = n.id AND b.state = 'provisional'), 0))
        + coalesce((SELECT max(a.size_bytes) FROM artifact a WHERE a.namespace_id = n.id AND a.deleted_at IS NULL), 0)
        AS bytes
      FROM namespace n JOIN namespace_usage u ON u.namespace_id = n.id WHERE n.id = $2
    ), placed AS (
      INSERT INTO blob (id, namespace_id, store, state, size_bytes, lease_until)
      SELECT $1, $2, $3, 'provisional', CASE WHEN $4::bigint > bytes THEN 0 ELSE $4::bigint END,
        now() + interval '${LEASE_SECONDS} seconds'
      FROM room
    )
    SELECT bytes::float8 AS "allowanceBytes" FROM room`,
};

/** Nothing comes back when the housekeeping took the row, or its owner stopped the upload. */
const RENEW = {
  name: 'renew-blob',
  text: `
    UPDATE blob SET lease_until = now() + interval '${LEASE_SECONDS} seconds', size_bytes = greatest($2, $3::bigint),
      received_bytes = $2, head = $4
    WHERE id = $1 AND state = 'provisional' AND NOT is_stopped`,
};

/** Why the row of an upload is not the writer's any more. */
export async function whyLost(database: Pick<pg.ClientBase, 'query'>, key: string): Promise<Fault> {
  const { rows } = await database.query<{ isStopped: boolean }>(
    'SELECT is_stopped AS "isStopped" FROM blob WHERE id = $1',
    [key],
  );
  return rows[0]?.isStopped ? uploadStopped() : leaseLost();
}

interface ProvisionOptions {
  namespaceId: string;
  /** What the request says it brings, when it says so: counted against the quota from the start. */
  announcedBytes: number;
}

/**
 * A key that is ours and unused, reserved in the database before the first byte arrives, with a lease that is
 * renewed until `release`. Whatever happens to this process, the housekeeping finds the row.
 */
export class ProvisionalBlob {
  readonly key: string = newId();
  readonly store = currentStore();
  /**
   * The most that this upload may bring with any hope of fitting into the quota: the name comes last, so it may
   * turn out to replace the largest artifact. The exact check is made at the commit.
   */
  allowanceBytes = 0;
  receivedBytes = 0;
  /** The first bytes, as far as they are there. */
  readonly head = Buffer.alloc(HEAD_BYTES);
  readonly #options: ProvisionOptions;
  #timer: NodeJS.Timeout | undefined;
  #toldAtMs = performance.now();
  #toldBytes = 0;
  #loss: Fault | null = null;

  private constructor(options: ProvisionOptions) {
    this.#options = options;
  }

  /** Reserves the row and starts to renew its lease. */
  static async reserve(options: ProvisionOptions): Promise<ProvisionalBlob> {
    const blob = new ProvisionalBlob(options);
    const { rows } = await pool().query<{ allowanceBytes: number }>({
      ...PROVISION,
      values: [blob.key, options.namespaceId, blob.store, options.announcedBytes],
    });
    blob.allowanceBytes = rows[0]?.allowanceBytes ?? 0;
    blob.#timer = setInterval(() => void blob.#tell(), TELL_EVERY_MS);
    return blob;
  }

  async #tell(): Promise<void> {
    const { receivedBytes, head } = this;
    const isDue = performance.now() - this.#toldAtMs >= RENEW_EVERY_MS;
    if (receivedBytes === this.#toldBytes && !isDue) return;
    this.#toldAtMs = performance.now();
    this.#toldBytes = receivedBytes;
    const { announcedBytes, namespaceId } = this.#options;
    try {
      const values = [this.key, receivedBytes, announcedBytes, head.subarray(0, receivedBytes)];
      const { rowCount } = await pool().query({ ...RENEW, values });
      if (rowCount === 0) this.#loss = await whyLost(pool(), this.key);
      else announceArrival(namespaceId);
    } catch (error) {
      // The database may be back before the lease is over, and the commit decides in any case.
      log().warn({ err: String(error), blob: this.key }, 'could not renew the lease of an upload');
    }
  }

  /**
   * @throws Fault `broken-upload` when the housekeeping took the row, or its owner stopped the upload: there is no use
   *   in receiving more.
   */
  requireLease(): void {
    if (this.#loss) throw this.#loss;
  }

  /** Says nothing any more; call it in every case. */
  release(): void {
    clearInterval(this.#timer);
    if (this.#toldBytes > 0) announceArrival(this.#options.namespaceId);
  }

  /**
   * Removes the row and the bytes of an upload that failed, unless its commit went through after all (the answer
   * to a COMMIT can get lost). What cannot be removed now is found by the housekeeping when the lease is over.
   */
  async discard(): Promise<void> {
    try {
      await pool().query(
        `UPDATE blob SET state = 'doomed', doomed_at = '-infinity' WHERE id = $1 AND state = 'provisional'`,
        [this.key],
      );
      const lives = await pool().query(
        `SELECT 1 FROM blob WHERE id = $1 AND doomed_at IS DISTINCT FROM '-infinity'`,
        [this.key],
      );
      if (lives.rowCount !== 0) return;
      await blobStore(this.store).delete(this.key);
      await pool().query(`DELETE FROM blob WHERE id = $1 AND state = 'doomed'`, [this.key]);
    } catch (error) {
      log().warn({ err: String(error), blob: this.key }, 'could not discard an upload; the sweep will');
    }
  }
}
