import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { describeDevice } from '#lib/sessions/describe-device.ts';

/** A token as its owner may see it: never the secret. */
export interface TokenSummary {
  id: string;
  name: string;
  prefix: string;
  /** Empty means all. */
  scopes: string[];
  /** A name, or a prefix that ends in `*`; null means every name. */
  namePattern: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  /** `Firefox 145`, or what a program said of itself. */
  lastUsedDevice: string | null;
  /** Since then another one has its name; it counts until it expires. */
  replacedAt: Date | null;
}

/** The user's tokens that still count, newest first. */
export async function listTokens(userId: string, clock: Clock): Promise<TokenSummary[]> {
  const rows = await prisma().accessToken.findMany({
    where: { userId, OR: [{ expiresAt: null }, { expiresAt: { gt: clock.now() } }] },
    omit: { hash: true, userId: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(({ lastUsedClient, ...token }) => ({
    ...token,
    lastUsedDevice: lastUsedClient === null ? null : describeDevice(lastUsedClient).device,
  }));
}
