import type { Prisma } from '#generated/prisma/client.ts';
import type { Clock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';

interface EnqueueMailOptions {
  linkId: string;
  recipient: string;
  /** The link's secret: kept until the mail is taken or given up, since nobody could write the mail without it. */
  secret: string;
  baseUrl: string;
  clock: Clock;
}

/** Puts the mail of a link into the outbox, inside the transaction that makes the link. */
export async function enqueueMail(
  tx: Prisma.TransactionClient,
  { clock, ...mail }: EnqueueMailOptions,
): Promise<void> {
  const now = clock.now();
  await tx.mail.create({ data: { id: newId(), ...mail, createdAt: now, nextAttemptAt: now } });
}
