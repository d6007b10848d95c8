import { auditData, type Origin } from '#lib/audit/record.ts';
import { hashSecret, newSecret } from '#lib/auth/secret.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { newId } from '#lib/ids.ts';
import { sessionEnd } from '#lib/sessions/life.ts';

interface CreateSessionOptions {
  userId: string;
  /** It is for a program, which may not change the account. */
  isProgram?: boolean;
  /** By which the person signed in, when not by a password. */
  provider?: string;
  origin: Origin;
  clock: Clock;
}

/**
 * Signs a user in. The token (`gss_` + 43 base62 characters) is in the result only; the database keeps its
 * SHA-256. When it ends says `sessionEnd`.
 */
export async function createSession(options: CreateSessionOptions) {
  const { userId, isProgram = false, provider, origin, clock } = options;
  const token = `gss_${newSecret()}`;
  const now = clock.now();
  const session = {
    id: newId(),
    hash: new Uint8Array(hashSecret(token)),
    userId,
    isProgram,
    userAgent: origin.client,
    address: origin.address,
    createdAt: now,
    expiresAt: sessionEnd(now, now),
  };
  const user = await prisma().user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } });
  const { name } = user;
  const detail = provider ? { provider } : undefined;
  const audit = auditData(origin, { action: 'session.create', target: name, namespace: name, detail });
  await prisma().$transaction([
    prisma().session.create({ data: session }),
    prisma().auditEvent.create({ data: { ...audit, actorId: userId } }),
  ]);
  return { token, id: session.id, expiresAt: session.expiresAt };
}
