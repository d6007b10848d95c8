import { checkDisplayName, checkEmail } from '#lib/accounts/facts.ts';
import { requirePerson } from '#lib/accounts/require-person.ts';
import { requireProof } from '#lib/accounts/require-proof.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';

interface UpdateProfileOptions {
  caller: Caller;
  /** What people are called on the pages; empty for the user name. Absent: as it was. */
  displayName?: string;
  /** Absent: as it was. */
  email?: string;
  /** The current one, which a new address needs: a reset of the password goes there. */
  password?: string;
  origin: Origin;
  clock: Clock;
}

/**
 * Changes what an account says of its person. A new e-mail address signs in at once and counts as unverified.
 * @throws Fault `invalid` for a name or an address that cannot be; `not-allowed` for a token; `wrong-password` and
 *   `too-often` for a new address without the current password, where the account has one.
 */
export async function updateProfile(options: UpdateProfileOptions): Promise<void> {
  const { caller, origin } = options;
  requirePerson(caller);
  const displayName = options.displayName?.trim();
  const email = options.email?.trim();
  if (displayName !== undefined) checkDisplayName(displayName);
  if (email !== undefined) checkEmail(email);
  if (email !== undefined && email !== caller.email) await requireProof(options);

  const where = { id: caller.userId };
  await prisma().$transaction(async (tx) => {
    const before = await tx.user.findUniqueOrThrow({ where, select: { email: true, displayName: true } });
    const isNewAddress = email !== undefined && email !== before.email;
    await tx.user.update({
      where,
      data: {
        ...(displayName !== undefined && { displayName: displayName || null }),
        ...(isNewAddress && { email, emailVerifiedAt: null }),
      },
    });
    const detail = { displayName: displayName ?? before.displayName, email: email ?? before.email };
    const audit = auditData(origin, { action: 'account.update', target: caller.name, detail });
    await tx.auditEvent.create({ data: audit });
  });
}
