import type { Prisma } from '#generated/prisma/client.ts';
import { checkDisplayName, checkEmail } from '#lib/accounts/facts.ts';
import { ACCOUNT_LOCK } from '#lib/accounts/lock.ts';
import { ownAddress } from '#lib/accounts/own-address.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import { hashPassword } from '#lib/auth/password.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { isUniqueViolation } from '#lib/db/unique-violation.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import type { ProviderPerson } from '#lib/identities/person.ts';
import { newId } from '#lib/ids.ts';
import { takeLink } from '#lib/links/find.ts';
import { namespaceProblem } from '#lib/names/namespace.ts';

interface AccountFacts {
  /** The user name, which is also the slug of the namespace and never changes. */
  name: string;
  /** Null: it has none, as an account from a provider may. */
  email: string | null;
  displayName?: string;
}

/** By whom of a provider an account signs in. */
interface NewIdentity extends Pick<ProviderPerson, 'provider' | 'subject' | 'label' | 'isEmailVerified'> {
  clock: Clock;
}

interface CreateAccountOptions extends AccountFacts {
  /** Absent: the account signs in by its identity alone. */
  password?: string;
  identity?: NewIdentity;
  isAdmin: boolean;
  /** Refuse when there is an account already. */
  mustBeFirst?: boolean;
  /** The invitation that the account is made by, which is used up by it. */
  invitation?: { secret: string; clock: Clock };
  origin: Origin;
}

function checkFacts({ name, email, displayName }: AccountFacts): void {
  const problem = namespaceProblem(name);
  if (problem) throw new Fault('invalid', problem);
  if (email !== null) checkEmail(email);
  if (displayName !== undefined) checkDisplayName(displayName);
}

type NewUser = Prisma.UserUncheckedCreateInput & { id: string; email: string | null };

/** Uses an invitation up; one that came by mail has shown whose the address is. */
async function takeInvitation(
  tx: Prisma.TransactionClient,
  { id: userId, email }: NewUser,
  { invitation, origin }: CreateAccountOptions,
): Promise<void> {
  if (invitation === undefined) return;
  const { secret, clock } = invitation;
  const link = await takeLink(tx, { kind: 'invitation', secret, clock });
  const isProved = link.isMailed && link.email?.toLowerCase() === email?.toLowerCase();
  if (email && isProved) await ownAddress(tx, { userId, email, origin, clock });
}

/** Under the lock of accounts: of two at once, the second finds that the person waits no more. */
async function takeIdentity(
  tx: Prisma.TransactionClient,
  { id: userId, email }: NewUser,
  { identity, origin }: CreateAccountOptions,
): Promise<void> {
  if (identity === undefined) return;
  const { provider, subject, label, isEmailVerified, clock } = identity;
  const { count } = await tx.pendingIdentity.deleteMany({ where: { provider, subject } });
  if (count === 0)
    throw new Fault('not-allowed', 'This sign-up was used already or took too long. Sign in once more.');
  await tx.identity.create({
    data: { id: newId(), userId, provider, subject, label, lastUsedAt: clock.now() },
  });
  if (!email || !isEmailVerified || (await ownAddress(tx, { userId, email, origin, clock }))) return;
  // Another account has proved the same, and keeps it.
  await tx.user.update({ where: { id: userId }, data: { email: null } });
}

async function insertAccount(
  tx: Prisma.TransactionClient,
  user: NewUser,
  options: CreateAccountOptions,
): Promise<void> {
  const { mustBeFirst = false, origin } = options;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ACCOUNT_LOCK})`;
  if (mustBeFirst && (await tx.user.findFirst({ select: { id: true } }))) {
    throw new Fault(
      'not-allowed',
      'This set-up link was used already. Sign in, or ask an administrator for an account.',
    );
  }
  await tx.user.create({ data: user });
  await tx.namespace.create({
    data: {
      id: newId(),
      slug: user.name,
      ownerId: user.id,
      quotaBytes: env().QUOTA_BYTES,
      retentionDays: env().RETENTION_DAYS,
    },
  });
  const audit = auditData(origin, {
    action: 'account.create',
    target: user.name,
    namespace: user.name,
    detail: {
      isAdmin: user.isAdmin ?? false,
      ...(options.invitation !== undefined && { isInvited: true }),
      ...(options.identity && { provider: options.identity.provider }),
    },
  });
  await tx.auditEvent.create({ data: { ...audit, actorId: audit.actorId ?? user.id } });
  await takeInvitation(tx, user, options);
  await takeIdentity(tx, user, options);
}

/**
 * Makes a user with a namespace of the same name, with the server's quota and retention.
 * @throws Fault `invalid` for a name, e-mail or password that cannot be; `name-taken`; with `mustBeFirst`
 *   `not-allowed` when there is an account; `not-found` for an invitation that does not work.
 */
export async function createAccount(options: CreateAccountOptions): Promise<{ userId: string }> {
  const { name, displayName, isAdmin } = options;
  const email = options.email?.trim() ?? null;
  checkFacts({ ...options, email });
  const { password } = options;
  const passwordHash = password === undefined ? null : await hashPassword(password, [name, email ?? '']);
  const user = { id: newId(), name, email, displayName: displayName?.trim() || null, passwordHash, isAdmin };
  try {
    await prisma().$transaction((tx) => insertAccount(tx, user, options));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // The namespace outlives its user, so a name that was somebody's is taken for ever.
    throw new Fault('name-taken', `The user name ${name} is taken. Choose another one.`);
  }
  return { userId: user.id };
}
