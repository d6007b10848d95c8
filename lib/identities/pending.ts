import type { PendingIdentity } from '#generated/prisma/client.ts';
import { hashSecret, newSecret } from '#lib/auth/secret.ts';
import { type Clock, MINUTE_MS } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import type { ProviderPerson } from '#lib/identities/person.ts';
import { newId } from '#lib/ids.ts';

/** How long somebody may take to choose their user name. */
export const PENDING_MS = 15 * MINUTE_MS;

/**
 * Keeps a person of a provider for the page on which they make their account; the last time counts.
 * @returns the secret for their cookie, of which only the SHA-256 is kept.
 */
export async function keepPending(person: ProviderPerson, clock: Clock): Promise<string> {
  const secret = newSecret();
  const { provider, subject } = person;
  const kept = {
    ...person,
    hash: new Uint8Array(hashSecret(secret)),
    expiresAt: new Date(clock.now().getTime() + PENDING_MS),
  };
  await prisma().pendingIdentity.upsert({
    where: { provider_subject: { provider, subject } },
    create: { id: newId(), ...kept },
    update: kept,
  });
  return secret;
}

/** The person that a cookie's secret is for; null when there is none, or their time is over. */
export async function findPending(secret: string | undefined, clock: Clock): Promise<PendingIdentity | null> {
  if (!secret) return null;
  return prisma().pendingIdentity.findFirst({
    where: { hash: new Uint8Array(hashSecret(secret)), expiresAt: { gt: clock.now() } },
  });
}
