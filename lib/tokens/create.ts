import { auditData, type Origin } from '#lib/audit/record.ts';
import { type Clock, DAY_MS } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { isUniqueViolation } from '#lib/db/unique-violation.ts';
import { Fault } from '#lib/errors.ts';
import { requireTokenName, tokenNameTaken } from '#lib/tokens/name.ts';
import { newTokenRow } from '#lib/tokens/new-row.ts';

/** The longest life of a token that has an end. */
export const MAX_TOKEN_DAYS = 3650;

interface CreateTokenOptions {
  userId: string;
  name: string;
  /** Null makes a token without an end. */
  days: number | null;
  scopes?: string[];
  /** Null means every name. */
  namePattern?: string | null;
  origin: Origin;
  clock: Clock;
}

/**
 * Makes a personal access token. The text is in the result only; the database keeps its SHA-256.
 * @throws Fault `invalid` for a name or a number of days that cannot be, `name-taken` for a name in use.
 */
export async function createToken(options: CreateTokenOptions) {
  const { userId, name, days, scopes = [], namePattern = null, origin, clock } = options;
  requireTokenName(name);
  if (days !== null && (!Number.isInteger(days) || days < 1 || days > MAX_TOKEN_DAYS)) {
    throw new Fault('invalid', `expirationDays must be a whole number from 1 to ${MAX_TOKEN_DAYS}.`);
  }
  const now = clock.now();
  const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
  const { token, row } = newTokenRow({ userId, name, scopes, namePattern, createdAt: now, expiresAt });
  const audit = auditData(origin, { action: 'token.create', target: name, detail: { days, namePattern } });
  try {
    await prisma().$transaction([
      // An expired token gives its name back at once, not at the next housekeeping.
      prisma().accessToken.deleteMany({ where: { userId, name, expiresAt: { lte: now } } }),
      prisma().accessToken.create({ data: row }),
      prisma().auditEvent.create({ data: audit }),
    ]);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw tokenNameTaken(name);
  }
  return { token, id: row.id, name, createdAt: now, expiresAt };
}
