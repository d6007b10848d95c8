import type { Prisma } from '#generated/prisma/client.ts';
import { checkDisplayName, checkEmail } from '#lib/accounts/facts.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import { hashPassword } from '#lib/auth/password.ts';
import { prisma } from '#lib/db/prisma.ts';
import { isUniqueViolation } from '#lib/db/unique-violation.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';
import { namespaceProblem } from '#lib/names/namespace.ts';

/** Any number that no other advisory lock of ours uses; it makes accounts one at a time. */
const ACCOUNT_LOCK = 7_201_001;

interface AccountFacts {
  /** The user name, which is also the slug of the namespace and never changes. */
  name: string;
  email: string;
  password: string;
  displayName?: string;
}

interface CreateAccountOptions extends AccountFacts {
  isAdmin: boolean;
  /** Refuse when there is an account already. */
  mustBeFirst?: boolean;
  origin: Origin;
}

function checkFacts({ name, email, displayName }: AccountFacts): void {
  const problem = namespaceProblem(name);
  if (problem) throw new Fault('invalid', problem);
  checkEmail(email);
  if (displayName !== undefined) checkDisplayName(displayName);
}

async function insertAccount(
  tx: Prisma.TransactionClient,
  user: Prisma.UserUncheckedCreateInput,
  { mustBeFirst = false, origin }: CreateAccountOptions,
): Promise<void> {
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
    detail: { isAdmin: user.isAdmin ?? false },
  });
  await tx.auditEvent.create({ data: { ...audit, actorId: audit.actorId ?? user.id } });
}

/**
 * Makes a user with a namespace of the same name, with the server's quota and retention.
 * @throws Fault `invalid` for a name, e-mail or password that cannot be; `name-taken`; with `mustBeFirst`
 *   `not-allowed` when there is an account.
 */
export async function createAccount(options: CreateAccountOptions): Promise<{ userId: string }> {
  const { name, displayName, isAdmin } = options;
  const email = options.email.trim();
  checkFacts({ ...options, email });
  const passwordHash = await hashPassword(options.password);
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
