import { Prisma } from '#generated/prisma/client.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import { hashPassword } from '#lib/auth/password.ts';
import { passwordProblem } from '#lib/auth/password-rules.ts';
import { inBackground } from '#lib/background.ts';
import type { Clock } from '#lib/clock.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault, isFault } from '#lib/errors.ts';
import { createLink, type MadeLink } from '#lib/links/create.ts';
import { findLink, LINK_OVER, takeLink } from '#lib/links/find.ts';
import { countLinkTry } from '#lib/links/limit.ts';
import { deliverMails } from '#lib/mail/deliver.ts';
import { countMail } from '#lib/mail/limits.ts';
import { hasMailServer, mailBaseUrl } from '#lib/mail/server.ts';

interface AskResetOptions {
  /** A user name or an e-mail address, as it was typed. */
  login: string;
  /** How the person reaches the server. */
  baseUrl: string;
  origin: Origin;
  clock: Clock;
}

interface Forgetful {
  id: string;
  name: string;
  email: string;
}

/** Only a verified address gets mail (the owner of a mistyped one could get in by it), and only who has a password. */
async function findForgetful(login: string): Promise<Forgetful | undefined> {
  if (!isKeepable(login)) return undefined;
  const condition = login.includes('@')
    ? Prisma.sql`lower(email) = lower(${login})`
    : Prisma.sql`name = ${login}`;
  const rows = await prisma().$queryRaw<Forgetful[]>`
    SELECT id, name, email FROM app_user WHERE ${condition}
      AND email_verified_at IS NOT NULL AND password_hash IS NOT NULL AND disabled_at IS NULL`;
  return rows[0];
}

async function mailReset({ login, baseUrl, origin, clock }: AskResetOptions): Promise<void> {
  const found = await findForgetful(login);
  if (!found) return;
  const { id: userId, name, email } = found;
  try {
    await countMail({ ...origin, address: null }, [`reset to ${email}`]);
  } catch (error) {
    // Nobody is told, since nobody is told that there is such an account.
    if (isFault(error)) return;
    throw error;
  }
  await prisma().$transaction(async (tx) => {
    await createLink(tx, { kind: 'resetPassword', userId, email, mailBaseUrl: mailBaseUrl(baseUrl), clock });
    const act = { action: 'account.askReset', target: name, namespace: name };
    await tx.auditEvent.create({ data: auditData(origin, act) });
  });
  await deliverMails(clock);
}

/**
 * Mails whoever forgot their password a link that sets a new one within an hour. The answer is the same for every
 * account, known or not, in words and in time: it is given before anybody looks.
 * @throws Fault `not-allowed` without a mail server; `too-often`.
 */
export async function askReset(options: AskResetOptions): Promise<void> {
  const login = options.login.trim();
  if (!hasMailServer())
    throw new Fault(
      'not-allowed',
      'This server sends no mail. Ask an administrator for a link to a new password.',
    );
  await countMail(options.origin, [`forgot ${login}`]);
  inBackground('a reset', () => mailReset({ ...options, login }));
}

/**
 * A link that sets a new password within an hour, for an administrator to hand over.
 * @throws Fault `not-found` for an unknown user.
 */
export async function makeResetLink(options: {
  name: string;
  origin: Origin;
  clock: Clock;
}): Promise<MadeLink> {
  const { name, origin, clock } = options;
  return prisma().$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { name }, select: { id: true } });
    if (!user) throw new Fault('not-found', `There is no user ${name}. List the users to see who there is.`);
    const createdById = origin.caller?.userId;
    const link = await createLink(tx, { kind: 'resetPassword', userId: user.id, createdById, clock });
    const act = { action: 'account.resetLink', target: name, namespace: name };
    await tx.auditEvent.create({ data: auditData(origin, act) });
    return link;
  });
}

interface ResetPasswordOptions {
  secret: string;
  password: string;
  origin: Origin;
  clock: Clock;
}

/**
 * Sets a new password by a link, and ends all sessions of the account; its tokens stay.
 * @returns the user name.
 * @throws Fault `invalid` for a password that cannot be; `not-found` for a link that does not work; `too-often`.
 */
export async function resetPassword({
  secret,
  password,
  origin,
  clock,
}: ResetPasswordOptions): Promise<string> {
  await countLinkTry(origin);
  const problem = passwordProblem(password);
  if (problem) throw new Fault('invalid', problem);
  const link = { kind: 'resetPassword', secret, clock } as const;
  // Before the hash, which is slow.
  const found = await findLink(link);
  if (!found) throw new Fault('not-found', LINK_OVER);
  const passwordHash = await hashPassword(password, [found.user?.name ?? '', found.user?.email ?? '']);
  return prisma().$transaction(async (tx) => {
    const { user } = await takeLink(tx, link);
    if (!user) throw new Error('a link to a new password has no account');
    const { id: userId, name } = user;
    await tx.user.update({ where: { id: userId }, data: { passwordHash } });
    await tx.session.deleteMany({ where: { userId } });
    await tx.loginRequest.deleteMany({ where: { userId } });
    await tx.accountLink.deleteMany({ where: { userId, kind: 'resetPassword', usedAt: null } });
    const act = { action: 'account.reset', target: name, namespace: name };
    await tx.auditEvent.create({ data: { ...auditData(origin, act), actorId: userId } });
    return name;
  });
}
