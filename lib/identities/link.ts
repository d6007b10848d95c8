import { requirePerson } from '#lib/accounts/require-person.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { isUniqueViolation } from '#lib/db/unique-violation.ts';
import { Fault } from '#lib/errors.ts';
import type { ProviderPerson } from '#lib/identities/person.ts';
import { newId } from '#lib/ids.ts';

interface LinkIdentityOptions {
  person: ProviderPerson;
  caller: Caller;
  origin: Origin;
  clock: Clock;
}

async function insertLink({ person, caller, origin, clock }: LinkIdentityOptions): Promise<void> {
  const { provider, subject, label } = person;
  const detail = { provider, label };
  await prisma().$transaction(async (tx) => {
    // An unlinking of the same account counts its methods under this lock too.
    await tx.$executeRaw`SELECT 1 FROM app_user WHERE id = ${caller.userId} FOR UPDATE`;
    await tx.identity.create({
      data: { id: newId(), userId: caller.userId, provider, subject, label, createdAt: clock.now() },
    });
    await tx.pendingIdentity.deleteMany({ where: { provider, subject } });
    const act = { action: 'account.link', target: caller.name, detail };
    await tx.auditEvent.create({ data: auditData({ ...origin, caller }, act) });
  });
}

/**
 * Lets the caller sign in as this person of a provider from now on. One that is linked to them already stays as it is.
 * @throws Fault `name-taken` when it signs in another account, which is not named; `not-allowed` for whoever is no person
 *   in a browser.
 */
export async function linkIdentity(options: LinkIdentityOptions): Promise<void> {
  const { person, caller } = options;
  requirePerson(caller);
  try {
    await insertLink(options);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const { provider, subject } = person;
    const own = await prisma().identity.findFirst({ where: { provider, subject, userId: caller.userId } });
    if (!own) throw new Fault('name-taken', 'This sign-in belongs to another account here.');
  }
}
