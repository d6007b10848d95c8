import { inBackground } from '#lib/background.ts';
import { type Clock, MINUTE_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { prisma } from '#lib/db/prisma.ts';
import { log } from '#lib/log.ts';
import { composeMail, type Letter } from '#lib/mail/compose.ts';
import { hasMailServer, sendText } from '#lib/mail/server.ts';
import { isStopping } from '#lib/stopping.ts';

/** Longer than one attempt can take: whoever claims a mail has it for so long, and a crash gives it back. */
const LEASE_MS = 5 * MINUTE_MS;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;
const MAX_FAILURE_LENGTH = 200;

/** Of a mail whose link is over, so that nobody could use it any more. */
const TOO_LATE = 'The link was over before a mail server took the mail.';

/** What a round did. */
export interface DeliveryResult {
  sentMails: number;
  failedMails: number;
}

/** One sender for each mail: the row is skipped while another one claims it, and not due after that. */
const CLAIM = `
  UPDATE mail SET attempts = attempts + 1, next_attempt_at = $2
  WHERE id = (SELECT id FROM mail WHERE next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id, attempts`;

interface Claim {
  id: string;
  attempts: number;
}

async function claim(now: Date): Promise<Claim | null> {
  const lease = new Date(now.getTime() + LEASE_MS);
  const { rows } = await pool().query<Claim>(CLAIM, [now, lease]);
  return rows[0] ?? null;
}

/** The secrets of links that are over do not wait for anything. */
async function giveUpWhatIsOver(now: Date): Promise<void> {
  await pool().query(
    `UPDATE mail SET secret = NULL, next_attempt_at = NULL, failure = coalesce(failure, $2) FROM account_link l
    WHERE l.id = link_id AND next_attempt_at IS NOT NULL AND (l.expires_at <= $1 OR l.used_at IS NOT NULL)`,
    [now, TOO_LATE],
  );
}

async function read(id: string): Promise<Letter | null> {
  const mail = await prisma().mail.findUnique({
    where: { id },
    include: {
      link: {
        include: {
          user: { select: { name: true } },
          createdBy: { select: { name: true, displayName: true } },
        },
      },
    },
  });
  if (!mail?.secret) return null;
  const { link, recipient, baseUrl, secret } = mail;
  const { kind, expiresAt, user, createdBy } = link;
  const inviter = createdBy && (createdBy.displayName ?? createdBy.name);
  return { kind, recipient, baseUrl, secret, expiresAt, account: user?.name ?? null, inviter };
}

/** What a mail server said, on one line. */
function wordsOf(error: Error): string {
  return error.message.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, MAX_FAILURE_LENGTH);
}

/** Whether the mail server knows that this recipient will never have it (RFC 5321, 4.2.1). */
function isForGood(error: Error): boolean {
  const { code, responseCode } = error as Error & { code?: string; responseCode?: number };
  return code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500;
}

/** Notes a failure: the mail waits twice as long each time, up to an hour, until its link is over. */
async function noteFailure({ id, attempts }: Claim, error: Error, now: Date): Promise<void> {
  const isOver = isForGood(error);
  const wait = Math.min(MINUTE_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  const data = isOver
    ? { secret: null, nextAttemptAt: null }
    : { nextAttemptAt: new Date(now.getTime() + wait) };
  // None of them when it was revoked, or sent again by an administrator, in the meantime.
  await prisma().mail.updateMany({ where: { id, attempts }, data: { ...data, failure: wordsOf(error) } });
  log().warn({ mail: id, attempts, err: wordsOf(error) }, isOver ? 'a mail was given up' : 'a mail waits');
}

/** What became of an attempt: a mail server that says nothing takes its time over each mail. */
type Outcome = 'sent' | 'failed' | 'silence';

async function attempt(mail: Claim, now: Date): Promise<Outcome> {
  const letter = await read(mail.id);
  if (!letter) return 'failed';
  try {
    await sendText(composeMail(letter));
  } catch (error) {
    await noteFailure(mail, error as Error, now);
    return (error as { code?: string }).code === 'ETIMEDOUT' ? 'silence' : 'failed';
  }
  const data = { secret: null, nextAttemptAt: null, sentAt: now, failure: null };
  await prisma().mail.updateMany({ where: { id: mail.id, attempts: mail.attempts }, data });
  return 'sent';
}

/**
 * Sends every mail that is due, each once as far as mail can tell: a server that dies between the mail server's yes and
 * our note of it sends it again.
 */
export async function deliverMails(clock: Clock): Promise<DeliveryResult> {
  const result = { sentMails: 0, failedMails: 0 };
  await giveUpWhatIsOver(clock.now());
  if (!hasMailServer()) return result;
  while (!isStopping()) {
    // Of this moment: a lease counts from when it is taken, and a round may be long.
    const at = clock.now();
    const mail = await claim(at);
    if (!mail) break;
    const outcome = await attempt(mail, at);
    result[outcome === 'sent' ? 'sentMails' : 'failedMails'] += 1;
    // The rest of the housekeeping does not wait for silence, mail by mail.
    if (outcome === 'silence') break;
  }
  return result;
}

/** Sends what is due without anybody waiting for it. Call it after the commit. */
export function deliverSoon(clock: Clock): void {
  if (hasMailServer()) inBackground('sending mail', () => deliverMails(clock));
}
