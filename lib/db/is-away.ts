/** Postgres is not there, is going, or takes no more connections: nothing that the request could be blamed for. */
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53300', // too_many_connections
  'P1001', // Prisma: cannot reach the server
  'P1017', // Prisma: the server closed the connection
]);
/** pg gives these without a code. */
const AWAY_MESSAGES = /timeout exceeded when trying to connect|connection terminated|not queryable/i;

/** Whether an error says that the database could not be reached, or was lost on the way. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && AWAY_CODES.has(code)) return true;
  return AWAY_MESSAGES.test(error.message) || isDatabaseAway(error.cause);
}
