import { checkEmail } from '#lib/accounts/facts.ts';
import { signUpPolicy } from '#lib/accounts/policy.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import { countAgainst, type RateLimit } from '#lib/auth/rate-limit.ts';
import { type Clock, HOUR_MS } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';
import { createLink } from '#lib/links/create.ts';
import { deliverSoon } from '#lib/mail/deliver.ts';
import { hasMailServer, mailBaseUrl } from '#lib/mail/server.ts';

const INVITATIONS: RateLimit = {
  name: 'invitation',
  points: 100,
  durationMs: HOUR_MS,
  excess: 'You have sent many invitations',
};

interface CreateInvitationOptions {
  /** Of the person; where mail is set up it goes there, and the administrator never sees the link. */
  email?: string;
  /** What the link starts with, as the administrator reaches the server. */
  baseUrl: string;
  origin: Origin;
  clock: Clock;
}

/** An invitation that was just made. */
export interface MadeInvitation {
  id: string;
  /** To hand over; null when it went by mail. */
  secret: string | null;
  expiresAt: Date;
}

/**
 * Invites somebody to make an account, within seven days.
 * @throws Fault `invalid` for what is no address; `not-allowed` while sign-up is closed; `too-often`.
 */
export async function createInvitation(options: CreateInvitationOptions): Promise<MadeInvitation> {
  const { baseUrl, origin, clock } = options;
  const email = options.email?.trim() || undefined;
  if (email !== undefined) checkEmail(email);
  if (origin.caller) await countAgainst(INVITATIONS, origin.caller.userId);
  const { policy } = await signUpPolicy();
  if (policy === 'closed')
    throw new Fault('not-allowed', 'Sign-up is closed. Open it, or have it by invitation, and invite then.');
  const mailed = email !== undefined && hasMailServer();
  const link = await prisma().$transaction(async (tx) => {
    const made = await createLink(tx, {
      kind: 'invitation',
      email,
      createdById: origin.caller?.userId,
      mailBaseUrl: mailed ? mailBaseUrl(baseUrl) : undefined,
      clock,
    });
    const act = { action: 'invitation.create', target: email, detail: { id: made.id } };
    await tx.auditEvent.create({ data: auditData(origin, act) });
    return made;
  });
  if (mailed) deliverSoon(clock);
  return { id: link.id, secret: mailed ? null : link.secret, expiresAt: link.expiresAt };
}
