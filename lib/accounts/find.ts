import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

/**
 * The id of the account with this user name.
 * @throws Fault `not-found`.
 */
export async function findAccountId(name: string): Promise<string> {
  const user = await prisma().user.findUnique({ where: { name }, select: { id: true } });
  if (user) return user.id;
  throw new Fault('not-found', `There is no user ${name}. List the users to see who there is.`);
}
