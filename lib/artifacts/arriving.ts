import { DOCUMENT_ARRAY, documentsInHeader } from '#lib/artifacts/documents.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { announceArrival } from '#lib/notices/outbox.ts';
import { matchesName } from '#lib/tokens/name-pattern.ts';

/** Shown at most; more at once is no list for people. */
const MAX_SHOWN = 20;

/** A push whose bytes are coming. Its name comes last, so it has none yet. */
export interface Arriving {
  id: string;
  receivedBytes: number;
  /** What its header says that it will be, when it is a DocumentArray. */
  documents: number | null;
  startedAt: Date;
}

interface Row extends Omit<Arriving, 'documents'> {
  head: Buffer | null;
}

/**
 * The caller's pushes that have been arriving for longer than a moment, the oldest first; 20 at most. They have no names
 * yet, so a token that is limited to some names sees none.
 */
export async function listArriving({ namespaceId, namePattern }: Caller): Promise<Arriving[]> {
  if (!matchesName(namePattern, null)) return [];
  const { rows } = await pool().query<Row>({
    name: 'list-arriving',
    text: `SELECT id, received_bytes::float8 AS "receivedBytes", head, created_at AS "startedAt" FROM blob
      WHERE namespace_id = $1 AND state = 'provisional' AND received_bytes > 0 AND NOT is_stopped AND lease_until > now()
      ORDER BY id LIMIT ${MAX_SHOWN}`,
    values: [namespaceId],
  });
  return rows.map(({ head, ...row }) => {
    const documents = documentsInHeader(DOCUMENT_ARRAY, head ?? Buffer.alloc(0));
    // Another file may begin like one.
    return { ...row, documents: documents !== null && documents <= row.receivedBytes ? documents : null };
  });
}

function notArriving(): Fault {
  return new Fault('not-found', 'This push is over already. Look at the list again.');
}

/**
 * Stops one of the caller's pushes that are arriving: its client gets an error within about a second, and nothing stays.
 * @throws Fault `not-found` when it is over, or somebody else's.
 */
export async function stopArriving({ namespaceId, namePattern }: Caller, id: string): Promise<void> {
  if (!matchesName(namePattern, null)) throw notArriving();
  const { rowCount } = await pool().query(
    `UPDATE blob SET is_stopped = true WHERE id = $1 AND namespace_id = $2 AND state = 'provisional'`,
    [id, namespaceId],
  );
  if (rowCount === 0) throw notArriving();
  announceArrival(namespaceId);
}
