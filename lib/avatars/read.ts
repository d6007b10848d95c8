import { prisma } from '#lib/db/prisma.ts';

/** Somebody's picture, if it is the one with this digest. */
export async function readAvatar(userId: string, sha256: string) {
  return prisma().avatar.findFirst({ where: { userId, sha256 }, select: { type: true, bytes: true } });
}
