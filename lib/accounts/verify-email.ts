import type { Prisma } from '#generated/prisma/client.ts';
import { ownAddress } from '#lib/accounts/own-address.ts';
import { requirePerson } from '#lib/accounts/require-person.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';
import { createLink } from '#lib/links/create.ts';
import { takeLink } from '#lib/links/find.ts';
import { countLinkTry } from '#lib/links/limit.ts';
import { deliverSoon } from '#lib/mail/deliver.ts';
import { countMail } from '#lib/mail/limits.ts';
import { hasMailServer, mailBaseUrl } from '#lib/mail/server.ts';

interface SendVerificationOptions {
  caller: Caller;
  /** How the person reaches the server. */
  baseUrl: string;
  origin: Origin;
  clock: Clock;
}

/** The address that a link would confirm. @throws Fault `not-allowed` when there is none to confirm. */
async function unverifiedAddress(userId: string): Promise<string> {
  const select = { email: true, emailVerifiedAt: true };
  const { email, emailVerifiedAt } = await prisma().user.findUniqueOrThrow({ where: { id: userId }, select });
  if (!email) throw new Fault('not-allowed', 'Your account has no e-mail address. Save one first.');
  if (emailVerifiedAt) throw new Fault('not-allowed', 'Your e-mail address is confirmed already.');
  return email;
}

/**
 * Mails somebody a link that confirms their address within a day.
 * @throws Fault `not-allowed` for a program, without a mail server, and when there is nothing to confirm; `too-often`.
 */
export async function sendVerification(options: SendVerificationOptions): Promise<void> {
  const { caller, baseUrl, origin, clock } = options;
  requirePerson(caller);
  if (!hasMailServer())
    throw new Fault(
      'not-allowed',
      'This server sends no mail. Ask an administrator to confirm your address.',
    );
  const email = await unverifiedAddress(caller.userId);
  await countMail(origin, [`account ${caller.name}`, `confirmation to ${email}`]);
  await prisma().$transaction(async (tx) => {
    const link = { userId: caller.userId, email, mailBaseUrl: mailBaseUrl(baseUrl), clock };
    await createLink(tx, { kind: 'verifyEmail', ...link });
    const act = { action: 'account.sendVerification', target: caller.name, detail: { email } };
    await tx.auditEvent.create({ data: auditData(origin, act) });
  });
  deliverSoon(clock);
}

interface Subject {
  id: string;
  name: string;
  email: string;
}

/** @throws Fault `name-taken` when another account has proved the same. */
async function verify(
  tx: Prisma.TransactionClient,
  { id, name, email }: Subject,
  origin: Origin,
  clock: Clock,
): Promise<void> {
  if (!(await ownAddress(tx, { userId: id, email, origin, clock })))
    throw new Fault(
      'name-taken',
      'Another account has confirmed this address. Use another address, or that account.',
    );
  const act = { action: 'account.verify', target: name, namespace: name, detail: { email } };
  const audit = auditData(origin, act);
  await tx.auditEvent.create({ data: { ...audit, actorId: audit.actorId ?? (origin.address ? id : null) } });
}

/**
 * Confirms the address of an account by the link that went there.
 * @returns the address. @throws Fault `not-found` for a link that does not work; `name-taken`; `too-often`.
 */
export async function verifyEmail(options: {
  secret: string;
  origin: Origin;
  clock: Clock;
}): Promise<string> {
  const { secret, origin, clock } = options;
  await countLinkTry(origin);
  return prisma().$transaction(async (tx) => {
    const { user, email } = await takeLink(tx, { kind: 'verifyEmail', secret, clock });
    if (!user || email === null) throw new Error('a link to verify an address has none');
    await verify(tx, { ...user, email }, origin, clock);
    return email;
  });
}

/**
 * Confirms the address of an account because an administrator says so.
 * @throws Fault `not-found`; `not-allowed` without an address; `name-taken`.
 */
export async function markVerified(options: { name: string; origin: Origin; clock: Clock }): Promise<void> {
  const { name, origin, clock } = options;
  await prisma().$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { name }, select: { id: true, email: true } });
    if (!user) throw new Fault('not-found', `There is no user ${name}. List the users to see who there is.`);
    if (!user.email) throw new Fault('not-allowed', `${name} has no e-mail address.`);
    await verify(tx, { id: user.id, name, email: user.email }, origin, clock);
  });
}
