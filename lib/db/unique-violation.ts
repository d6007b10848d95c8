/**
 * Whether Prisma refused a write because a unique index has the value already (its code P2002). By the code, since
 * the server and Next may each have a copy of Prisma's error classes.
 */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 'P2002';
}
