import type { AccountLinkKind } from '#generated/prisma/enums.ts';
import { prisma } from '#lib/db/prisma.ts';

/** A mail that no mail server has taken; never its text. */
export interface UnsentMail {
  id: string;
  kind: AccountLinkKind;
  recipient: string;
  createdAt: Date;
  attempts: number;
  /** When it is tried again; null: it was given up. */
  nextAttemptAt: Date | null;
  /** Why the last attempt failed; null before the first one. */
  failure: string | null;
}

const MAX_ROWS = 500;

/** The mails that wait or were given up, the latest first; at most 500. */
export async function listUnsentMails(): Promise<UnsentMail[]> {
  const mails = await prisma().mail.findMany({
    where: { sentAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MAX_ROWS,
    select: {
      id: true,
      recipient: true,
      createdAt: true,
      attempts: true,
      nextAttemptAt: true,
      failure: true,
      link: { select: { kind: true } },
    },
  });
  return mails.map(({ link, ...mail }) => ({ ...mail, kind: link.kind }));
}
