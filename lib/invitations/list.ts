import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';

/** How the mail of an invitation goes: nobody sends one without an address, or without a mail server. */
type MailState = 'none' | 'waiting' | 'sent' | 'failed';

/** An invitation that nobody has taken yet. */
export interface OpenInvitation {
  id: string;
  email: string | null;
  /** The user name of the administrator; null when it was made on the command line. */
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date;
  mail: MailState;
}

function mailStateOf(mail: { sentAt: Date | null; nextAttemptAt: Date | null } | null): MailState {
  if (!mail) return 'none';
  if (mail.sentAt) return 'sent';
  return mail.nextAttemptAt ? 'waiting' : 'failed';
}

/** The invitations that work, the latest first. */
export async function listInvitations(clock: Clock): Promise<OpenInvitation[]> {
  const links = await prisma().accountLink.findMany({
    where: { kind: 'invitation', usedAt: null, expiresAt: { gt: clock.now() } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    include: {
      createdBy: { select: { name: true } },
      mail: { select: { sentAt: true, nextAttemptAt: true } },
    },
  });
  return links.map(({ id, email, createdBy, createdAt, expiresAt, mail }) => ({
    id,
    email,
    createdBy: createdBy?.name ?? null,
    createdAt,
    expiresAt,
    mail: mailStateOf(mail),
  }));
}
