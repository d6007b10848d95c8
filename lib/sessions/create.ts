import { auditData, type Origin } from '#lib/audit/record.ts';
import { hashSecret } from '#lib/auth/secret.ts';
import { type Clock, DAY_MS } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { env } from '#lib/env.ts';
import { newId, randomBase62 } from '#lib/ids.ts';

/** 43 base62 characters carry 256 bits. */
const SECRET_LENGTH = 43;

interface CreateSessionOptions {
  userId: string;
  /** It is for a program, which may not change the account. */
  isProgram?: boolean;
  origin: Origin;
  clock: Clock;
}

/**
 * Signs a user in. The token (`gss_` + 43 base62 characters) is in the result only; the database keeps its
 * SHA-256. It ends after `SESSION_DAYS`.
 */
export async function createSession({ userId, isProgram = false, origin, clock }: CreateSessionOptions) {
  const token = `gss_${randomBase62(SECRET_LENGTH)}`;
  const now = clock.now();
  const session = {
    id: newId(),
    hash: new Uint8Array(hashSecret(token)),
    userId,
    isProgram,
    userAgent: origin.client,
    address: origin.address,
    createdAt: now,
    expiresAt: new Date(now.getTime() + env().SESSION_DAYS * DAY_MS),
  };
  const user = await prisma().user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } });
  const audit = auditData(origin, { action: 'session.create', target: user.name, namespace: user.name });
  await prisma().$transaction([
    prisma().session.create({ data: session }),
    prisma().auditEvent.create({ data: { ...audit, actorId: userId } }),
  ]);
  return { token, id: session.id, expiresAt: session.expiresAt };
}
