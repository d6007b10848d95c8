import { auditData, type Origin } from '#lib/audit/record.ts';
import { hashSecret } from '#lib/auth/secret.ts';
import { type Clock, DAY_MS } from '#lib/clock.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { prisma } from '#lib/db/prisma.ts';
import { isUniqueViolation } from '#lib/db/unique-violation.ts';
import { Fault } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import { newTokenText, TOKEN_PREFIX_LENGTH } from '#lib/tokens/format.ts';

/** The longest life of a token that has an end. */
export const MAX_TOKEN_DAYS = 3650;
const MAX_TOKEN_NAME_LENGTH = 100;

interface CreateTokenOptions {
  userId: string;
  name: string;
  /** Null makes a token without an end. */
  days: number | null;
  scopes?: string[];
  origin: Origin;
  clock: Clock;
}

/**
 * Makes a personal access token. The text is in the result only; the database keeps its SHA-256.
 * @throws Fault `invalid` for a name or a number of days that cannot be, `name-taken` for a name in use.
 */
export async function createToken(options: CreateTokenOptions) {
  const { userId, name, days, scopes = [], origin, clock } = options;
  if (name.trim() === '' || name.length > MAX_TOKEN_NAME_LENGTH || !isKeepable(name)) {
    throw new Fault('invalid', `A token needs a name of 1 to ${MAX_TOKEN_NAME_LENGTH} characters.`);
  }
  if (days !== null && (!Number.isInteger(days) || days < 1 || days > MAX_TOKEN_DAYS)) {
    throw new Fault('invalid', `expirationDays must be a whole number from 1 to ${MAX_TOKEN_DAYS}.`);
  }
  const token = newTokenText();
  const now = clock.now();
  const row = {
    id: newId(),
    userId,
    name,
    prefix: token.slice(0, TOKEN_PREFIX_LENGTH),
    hash: new Uint8Array(hashSecret(token)),
    scopes,
    createdAt: now,
    expiresAt: days === null ? null : new Date(now.getTime() + days * DAY_MS),
  };
  const audit = auditData(origin, { action: 'token.create', target: name, detail: { days } });
  try {
    await prisma().$transaction([
      // An expired token gives its name back at once, not at the next housekeeping.
      prisma().accessToken.deleteMany({ where: { userId, name, expiresAt: { lte: now } } }),
      prisma().accessToken.create({ data: row }),
      prisma().auditEvent.create({ data: audit }),
    ]);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Fault(
      'name-taken',
      `You already have a token named ${name}. Choose another name, or delete that one first.`,
    );
  }
  return { token, id: row.id, name, createdAt: now, expiresAt: row.expiresAt };
}
