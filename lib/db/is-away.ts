/** Postgres is not there, is going, or takes no more connections: nothing that the request could be blamed for. */
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53200', // out_of_memory
  '53300', // too_many_connections
  '58030', // io_error
  '25006', // read_only_sql_transaction: it became a standby
  'P1001', // Prisma: cannot reach the server
  'P1017', // Prisma: the server closed the connection
]);
/** pg gives these without a code. */
const AWAY_MESSAGES = /timeout exceeded when trying to connect|connection terminated|not queryable/i;

/** What Prisma's driver adapter says below a raw query that failed (its P2010). */
const AWAY_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'TooManyConnections',
  'SocketTimeout',
]);
const DISK_FULL = '53100';

interface DatabaseError extends Error {
  code?: unknown;
  meta?: { driverAdapterError?: { cause?: { kind?: string; originalCode?: string } } };
}

/** An error's own code and, where Prisma has wrapped one of Postgres, that one's. */
function codesOf({ code, meta }: DatabaseError): unknown[] {
  return [code, meta?.driverAdapterError?.cause?.originalCode];
}

/** Whether an error says that the database has no room left on its disk. */
export function isDatabaseFull(error: unknown): boolean {
  return error instanceof Error && codesOf(error).includes(DISK_FULL);
}

/** Whether an error says that the database could not be reached, or was lost on the way. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { meta }: DatabaseError = error;
  if (codesOf(error).some((code) => typeof code === 'string' && AWAY_CODES.has(code))) return true;
  if (AWAY_KINDS.has(meta?.driverAdapterError?.cause?.kind ?? '')) return true;
  return AWAY_MESSAGES.test(error.message) || isDatabaseAway(error.cause);
}
