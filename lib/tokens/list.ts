import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';

/** A token as its owner may see it: never the secret. */
export interface TokenSummary {
  id: string;
  name: string;
  prefix: string;
  /** Empty means all. */
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** The user's tokens that still count, newest first. */
export async function listTokens(userId: string, clock: Clock): Promise<TokenSummary[]> {
  return prisma().accessToken.findMany({
    where: { userId, OR: [{ expiresAt: null }, { expiresAt: { gt: clock.now() } }] },
    select: {
      id: true,
      name: true,
      prefix: true,
      scopes: true,
      createdAt: true,
      expiresAt: true,
      lastUsedAt: true,
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
}
