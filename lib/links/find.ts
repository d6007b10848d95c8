import type { Prisma } from '#generated/prisma/client.ts';
import type { AccountLinkKind } from '#generated/prisma/enums.ts';
import { hashSecret } from '#lib/auth/secret.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

/** What everybody reads who has a link that does not work, whatever the reason. */
export const LINK_OVER = 'This link does not work any more. Ask for a new one.';

/** A link that works, as its page may show it. */
export interface OpenLink {
  id: string;
  email: string | null;
  isMailed: boolean;
  user: {
    id: string;
    name: string;
    email: string | null;
    emailVerifiedAt: Date | null;
    disabledAt: Date | null;
  } | null;
}

interface LinkOptions {
  kind: AccountLinkKind;
  secret: string;
  clock: Clock;
}

const SELECT = {
  id: true,
  email: true,
  isMailed: true,
  user: { select: { id: true, name: true, email: true, emailVerifiedAt: true, disabledAt: true } },
} as const;

function sameAddress(one: string | null, other: string | null): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

/** Whether the account is still the one that the link was made for: a link to an old address is worth nothing. */
function fitsItsAccount(link: OpenLink, kind: AccountLinkKind): boolean {
  if (kind === 'invitation') return true;
  if (!link.user || link.user.disabledAt) return false;
  if (kind === 'verifyEmail') return sameAddress(link.email, link.user.email);
  return !link.isMailed || (sameAddress(link.email, link.user.email) && link.user.emailVerifiedAt !== null);
}

async function find(
  tx: Prisma.TransactionClient,
  { kind, secret, clock }: LinkOptions,
): Promise<OpenLink | null> {
  const hash = new Uint8Array(hashSecret(secret));
  const where = { hash, kind, usedAt: null, expiresAt: { gt: clock.now() } };
  const link = await tx.accountLink.findFirst({ where, select: SELECT });
  return link && fitsItsAccount(link, kind) ? link : null;
}

/** The link of a secret, for its page; null when it does not work. Looking does not use it up: mail scanners look. */
export function findLink(options: LinkOptions): Promise<OpenLink | null> {
  return find(prisma(), options);
}

/**
 * Uses a link up, inside the transaction of what it is for; of several at once, one gets it.
 * @throws Fault `not-found`, in the same words for one that is used, over, unknown, or of an account that changed.
 */
export async function takeLink(tx: Prisma.TransactionClient, options: LinkOptions): Promise<OpenLink> {
  const link = await find(tx, options);
  const where = { id: link?.id ?? '', usedAt: null };
  const { count } = await tx.accountLink.updateMany({ where, data: { usedAt: options.clock.now() } });
  if (!link || count === 0) throw new Fault('not-found', LINK_OVER);
  return link;
}
