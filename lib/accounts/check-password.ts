import { Prisma } from '#generated/prisma/client.ts';
import type { Origin } from '#lib/audit/record.ts';
import { networkOf } from '#lib/auth/network.ts';
import { verifyPassword } from '#lib/auth/password.ts';
import { countPasswordTry, forgivePasswordTry } from '#lib/auth/rate-limit.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

/** An e-mail address is nobody's alone until it is verified; so many of its accounts are tried. */
const MAX_CANDIDATES = 3;

interface CheckPasswordOptions {
  /** A user name or an e-mail address. */
  login: string;
  password: string;
  origin: Origin;
}

interface Candidate {
  id: string;
  passwordHash: string | null;
  disabledAt: Date | null;
}

async function findCandidates(login: string): Promise<Candidate[]> {
  // Postgres refuses to look for what no row can hold.
  if (!isKeepable(login)) return [];
  // A user name holds no @. In SQL because Prisma's insensitive comparison is ILIKE, where _ matches anything.
  const condition = login.includes('@')
    ? Prisma.sql`lower(email) = lower(${login})`
    : Prisma.sql`name = ${login}`;
  return prisma().$queryRaw<Candidate[]>`
    SELECT id, password_hash AS "passwordHash", disabled_at AS "disabledAt" FROM app_user
    WHERE ${condition} ORDER BY created_at, id LIMIT ${MAX_CANDIDATES}`;
}

/**
 * Finds the account that `login` and `password` stand for. Whether an account exists shows neither in the
 * words nor in the time; that an e-mail address has several costs one more hash each, and may show.
 * @throws Fault `wrong-password`, or `too-often` after five failed tries a minute for an account or an address.
 */
export async function checkPassword({
  login,
  password,
  origin,
}: CheckPasswordOptions): Promise<{ userId: string }> {
  const wanted = login.trim();
  const candidates = await findCandidates(wanted);
  const accounts = candidates.length > 0 ? candidates.map(({ id }) => id) : [wanted.toLowerCase()];
  const subjects = accounts.map((account) => `account ${account}`);
  if (origin.address) subjects.push(`address ${networkOf(origin.address)}`);
  await countPasswordTry(subjects);

  if (candidates.length === 0) await verifyPassword(password, null);
  for (const candidate of candidates) {
    const isRight = await verifyPassword(password, candidate.passwordHash);
    if (!isRight || candidate.disabledAt) continue;
    await forgivePasswordTry(subjects);
    return { userId: candidate.id };
  }
  throw new Fault('wrong-password', 'The name or the password is wrong. Check both and try again.');
}
