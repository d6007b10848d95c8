import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { describeDevice } from '#lib/sessions/describe-device.ts';

/** A sign-in as its person may see it: never the secret. */
export interface SessionSummary {
  id: string;
  /** Of a program that the person let in. */
  isProgram: boolean;
  /** Whether it is the one that asks. */
  isOwn: boolean;
  /** `Firefox 145`, or what a program said of itself. */
  device: string;
  /** `Linux`; null where nobody said. */
  system: string | null;
  address: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date;
}

/** The caller's sessions that still count, the one used last first. */
export async function listSessions(caller: Caller, clock: Clock): Promise<SessionSummary[]> {
  const rows = await prisma().session.findMany({
    where: { userId: caller.userId, expiresAt: { gt: clock.now() } },
    orderBy: [{ lastUsedAt: { sort: 'desc', nulls: 'last' } }, { createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(({ id, isProgram, userAgent, address, createdAt, lastUsedAt, expiresAt }) => ({
    id,
    isProgram,
    isOwn: id === caller.credentialId,
    ...describeDevice(userAgent),
    address,
    createdAt,
    lastUsedAt,
    expiresAt,
  }));
}
