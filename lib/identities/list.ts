import { prisma } from '#lib/db/prisma.ts';
import { env } from '#lib/env.ts';

/** A person of a provider by whom an account signs in. */
export interface IdentitySummary {
  id: string;
  /** The key of the provider. */
  provider: string;
  /** What people call the provider; its key when it is switched off. */
  title: string;
  label: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** How an account signs in, and by what else it could. */
export interface SignInMethods {
  hasPassword: boolean;
  identities: IdentitySummary[];
  /** Every provider that is switched on. */
  providers: ProviderChoice[];
}

/** A provider as a button shows it. */
export interface ProviderChoice {
  key: string;
  title: string;
}

/** The providers that are switched on, in the order of their buttons. */
export function listProviders(): ProviderChoice[] {
  return env().providers.map(({ key, title }) => ({ key, title }));
}

/** What people call a provider; null where it is switched off, or none. */
export function providerTitle(key: string): string | null {
  return env().providers.find((provider) => provider.key === key)?.title ?? null;
}

/** How the account of `userId` signs in, identities in the order in which they were linked. */
export async function listSignInMethods(userId: string): Promise<SignInMethods> {
  const user = await prisma().user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      passwordHash: true,
      identities: {
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: { id: true, provider: true, label: true, createdAt: true, lastUsedAt: true },
      },
    },
  });
  return {
    hasPassword: user.passwordHash !== null,
    identities: user.identities.map((identity) => ({
      ...identity,
      title: providerTitle(identity.provider) ?? identity.provider,
    })),
    providers: listProviders(),
  };
}
