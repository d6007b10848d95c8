import { Prisma } from '#generated/prisma/client.ts';

/** Whether Prisma refused a write because a unique index has the value already (its code P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
