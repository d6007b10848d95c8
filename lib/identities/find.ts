import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import type { ProviderPerson } from '#lib/identities/person.ts';

/** Whose account somebody from a provider has: nobody's yet, one that is disabled, or one that may sign in. */
export type Found = { kind: 'unknown' } | { kind: 'disabled' } | { kind: 'known'; userId: string };

interface FindIdentityOptions {
  person: ProviderPerson;
  origin: Origin;
  clock: Clock;
}

/** Finds the account by provider and subject alone: an e-mail address says nothing here. A refusal is written down. */
export async function findIdentity({ person, origin, clock }: FindIdentityOptions): Promise<Found> {
  const { provider, subject } = person;
  const identity = await prisma().identity.findUnique({
    where: { provider_subject: { provider, subject } },
    select: { id: true, user: { select: { id: true, name: true, disabledAt: true } } },
  });
  if (!identity) return { kind: 'unknown' };
  const { id, name, disabledAt } = identity.user;
  if (disabledAt) {
    const act = { action: 'session.refuseDisabled', target: name, namespace: name, detail: { provider } };
    await prisma().auditEvent.create({ data: auditData(origin, act) });
    return { kind: 'disabled' };
  }
  // Unlinked by now, it changes none.
  await prisma().identity.updateMany({
    where: { id: identity.id },
    data: { lastUsedAt: clock.now(), label: person.label },
  });
  return { kind: 'known', userId: id };
}
