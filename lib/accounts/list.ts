import { prisma } from '#lib/db/prisma.ts';

/** An account as an administrator sees it. */
export interface AccountSummary {
  name: string;
  email: string | null;
  isAdmin: boolean;
  disabledAt: Date | null;
  createdAt: Date;
  usedBytes: number;
  quotaBytes: number;
}

/** All accounts by name. */
export async function listAccounts(): Promise<AccountSummary[]> {
  const users = await prisma().user.findMany({
    orderBy: { name: 'asc' },
    select: {
      name: true,
      email: true,
      isAdmin: true,
      disabledAt: true,
      createdAt: true,
      namespace: { select: { quotaBytes: true, usage: { select: { usedBytes: true } } } },
    },
  });
  return users.map(({ namespace, ...user }) => ({
    ...user,
    usedBytes: Number(namespace?.usage?.usedBytes ?? 0),
    quotaBytes: Number(namespace?.quotaBytes ?? 0),
  }));
}
