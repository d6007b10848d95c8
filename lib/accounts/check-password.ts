import { Prisma } from '#generated/prisma/client.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import { networkOf } from '#lib/auth/network.ts';
import { verifyPassword } from '#lib/auth/password.ts';
import { countPasswordTry, forgivePasswordTry } from '#lib/auth/rate-limit.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

/** An e-mail address is nobody's alone; so many of its accounts are tried, the one that has proved it first. */
const MAX_CANDIDATES = 3;

interface CheckPasswordOptions {
  /** A user name or an e-mail address. */
  login: string;
  password: string;
  origin: Origin;
}

interface Candidate {
  id: string;
  name: string;
  passwordHash: string | null;
  disabledAt: Date | null;
  /** Whether it has a passkey or a second factor. */
  hasAuthenticator: boolean;
}

async function findCandidates(login: string): Promise<Candidate[]> {
  // Postgres refuses to look for what no row can hold.
  if (!isKeepable(login)) return [];
  // A user name holds no @. In SQL because Prisma's insensitive comparison is ILIKE, where _ matches anything.
  const condition = login.includes('@')
    ? Prisma.sql`lower(email) = lower(${login})`
    : Prisma.sql`name = ${login}`;
  return prisma().$queryRaw<Candidate[]>`
    SELECT id, name, password_hash AS "passwordHash", disabled_at AS "disabledAt",
      EXISTS (SELECT FROM authenticator WHERE user_id = app_user.id) AS "hasAuthenticator" FROM app_user
    WHERE ${condition} ORDER BY email_verified_at IS NULL, created_at, id LIMIT ${MAX_CANDIDATES}`;
}

/** Writes down that nobody was let in, for each account that was meant; a name that is none's is not kept. */
async function noteRefusal(candidates: Candidate[], origin: Origin): Promise<void> {
  const names = candidates.length > 0 ? candidates.map(({ name }) => name) : [undefined];
  await prisma().auditEvent.createMany({
    data: names.map((name) => auditData(origin, { action: 'session.refuse', target: name, namespace: name })),
  });
}

/** Said only to who knew the password. @throws Fault `not-allowed`. */
async function refuseSecondStep({ name }: Candidate, origin: Origin): Promise<never> {
  const act = { action: 'session.refuseSecondStep', target: name, namespace: name };
  await prisma().auditEvent.create({ data: auditData(origin, act) });
  throw new Fault(
    'not-allowed',
    'This account needs a second step, which this server cannot do yet. Sign in another way, or ask an administrator.',
  );
}

/**
 * Finds the account that `login` and `password` stand for. Whether an account exists shows neither in the
 * words nor in the time; that an e-mail address has several costs one more hash each, and may show.
 * @throws Fault `wrong-password`; `not-allowed` with the right one for an account that needs more; `too-often` after five failed tries a minute for an account or an address.
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
    if (candidate.hasAuthenticator) await refuseSecondStep(candidate, origin);
    return { userId: candidate.id };
  }
  await noteRefusal(candidates, origin);
  throw new Fault('wrong-password', 'The name or the password is wrong. Check both and try again.');
}
