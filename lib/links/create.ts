import type { Prisma } from '#generated/prisma/client.ts';
import type { AccountLinkKind } from '#generated/prisma/enums.ts';
import { hashSecret, newSecret } from '#lib/auth/secret.ts';
import type { Clock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { LINK_LIFE_MS } from '#lib/links/kind.ts';
import { enqueueMail } from '#lib/mail/enqueue.ts';

/** A link that was just made; its secret is nowhere else. */
export interface MadeLink {
  id: string;
  secret: string;
  expiresAt: Date;
}

interface CreateLinkOptions {
  kind: AccountLinkKind;
  /** Whose account it is about. */
  userId?: string;
  /** Of the person who gets it. */
  email?: string;
  createdById?: string;
  /** Sends it to `email`, and starts it with this; absent, whoever asked hands it over. */
  mailBaseUrl?: string;
  clock: Clock;
}

/** A secret for a link, and the hash that is kept of it. */
export function newLinkSecret(): { secret: string; hash: Uint8Array<ArrayBuffer> } {
  const secret = newSecret();
  return { secret, hash: new Uint8Array(hashSecret(secret)) };
}

/** Makes a link inside the transaction of who asks for it, and writes its mail there. */
export async function createLink(
  tx: Prisma.TransactionClient,
  { kind, userId, email, createdById, mailBaseUrl, clock }: CreateLinkOptions,
): Promise<MadeLink> {
  const { secret, hash } = newLinkSecret();
  const id = newId();
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + LINK_LIFE_MS[kind]);
  const isMailed = email !== undefined && mailBaseUrl !== undefined;
  await tx.accountLink.create({
    data: { id, kind, hash, userId, email, isMailed, createdById, createdAt, expiresAt },
  });
  if (isMailed) await enqueueMail(tx, { linkId: id, recipient: email, secret, baseUrl: mailBaseUrl, clock });
  return { id, secret, expiresAt };
}
