import type { Prisma } from '#generated/prisma/client.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';
import { newLinkSecret } from '#lib/links/create.ts';
import { LINK_LIFE_MS } from '#lib/links/kind.ts';
import { deliverSoon } from '#lib/mail/deliver.ts';

interface RetryMailOptions {
  /** One mail; absent, all that wait or were given up. */
  id?: string;
  origin: Origin;
  clock: Clock;
}

/** A mail that was given up has lost its secret: its link gets a new one, and its time begins anew. */
async function revive(tx: Prisma.TransactionClient, linkId: string, now: Date): Promise<string> {
  const { kind } = await tx.accountLink.findUniqueOrThrow({ where: { id: linkId }, select: { kind: true } });
  const { secret, hash } = newLinkSecret();
  const expiresAt = new Date(now.getTime() + LINK_LIFE_MS[kind]);
  await tx.accountLink.update({ where: { id: linkId }, data: { hash, expiresAt } });
  return secret;
}

/**
 * Has unsent mails tried now. @returns how many there are.
 * @throws Fault `not-found` when one of this id does not wait and was not given up.
 */
export async function retryMails({ id, origin, clock }: RetryMailOptions): Promise<number> {
  const now = clock.now();
  const count = await prisma().$transaction(async (tx) => {
    const where = { ...(id !== undefined && { id }), sentAt: null, link: { usedAt: null } };
    const mails = await tx.mail.findMany({
      where,
      select: { id: true, linkId: true, secret: true, recipient: true },
    });
    if (id !== undefined && mails.length === 0)
      throw new Fault('not-found', 'There is no such mail; it went out, or its link is gone.');
    for (const mail of mails) {
      const secret = mail.secret ?? (await revive(tx, mail.linkId, now));
      await tx.mail.update({ where: { id: mail.id }, data: { secret, attempts: 0, nextAttemptAt: now } });
      await tx.auditEvent.create({
        data: auditData(origin, { action: 'mail.retry', target: mail.recipient }),
      });
    }
    return mails.length;
  });
  if (count > 0) deliverSoon(clock);
  return count;
}
