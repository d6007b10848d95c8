import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backgroundDone } from '#lib/background.ts';
import { type Clock, DAY_MS, HOUR_MS, MINUTE_MS } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { transaction } from '#lib/db/transaction.ts';
import { runHousekeeping } from '#lib/housekeeping/run.ts';
import { createInvitation } from '#lib/invitations/create.ts';
import { revokeInvitation } from '#lib/invitations/revoke.ts';
import { findLink } from '#lib/links/find.ts';
import { deliverMails } from '#lib/mail/deliver.ts';
import { listUnsentMails } from '#lib/mail/list.ts';
import { retryMails } from '#lib/mail/retry.ts';
import { makeUser, type TestUser } from '#lib/testing/domain.ts';
import { linkIn, type Mailbox, mailsTo, secretIn, startMailbox } from '#lib/testing/mailbox.ts';

// A port on which nobody listens until a test wants it.
const first = await startMailbox();
const port = Number(new URL(first.url).port);
await first.stop();
process.env.SMTP_URL = first.url;
process.env.MAIL_FROM = 'Groundstation <groundstation@example.org>';

const START = Date.now();
const at = (ms: number): Clock => ({ now: () => new Date(START + ms) });

let mailbox: Mailbox | null = null;
let administrator: TestUser;

async function open(): Promise<Mailbox> {
  mailbox = await startMailbox(port);
  return mailbox;
}

/** Invites somebody whom nobody else invites; gives their address and the invitation’s id. */
async function invite(): Promise<{ email: string; id: string }> {
  const email = `${randomBytes(6).toString('hex')}@example.org`;
  const options = { email, baseUrl: 'http://127.0.0.1:3000', origin: administrator.origin, clock: at(0) };
  const { id } = await createInvitation(options);
  await backgroundDone();
  return { email, id };
}

const stored = (linkId: string) => prisma().mail.findUniqueOrThrow({ where: { linkId } });

beforeEach(async () => {
  await prisma().$executeRaw`TRUNCATE account_link CASCADE`;
  administrator = await makeUser();
});
afterEach(async () => {
  await mailbox?.stop();
  mailbox = null;
});
afterAll(() => {
  delete process.env.SMTP_URL;
  delete process.env.MAIL_FROM;
});

describe('a mail', () => {
  it('goes out right after the commit, in plain text with the link, and its secret is gone then', async () => {
    const { folder } = await open();
    const { email, id } = await invite();
    const [mail] = await mailsTo(folder, email);
    const secret = secretIn(linkIn(mail ?? { recipients: [], headers: [], text: '' }));
    expect(await findLink({ kind: 'invitation', secret, clock: at(0) })).toMatchObject({ id, email });
    expect(mail?.headers).toContain('From: Groundstation <groundstation@example.org>');
    expect(mail?.headers).toContain(`To: ${email}`);
    expect(mail?.headers).toContain('Auto-Submitted: auto-generated');
    expect(mail?.headers.join('\n')).toMatch(/^content-type: text\/plain/im);
    expect(mail?.text).toContain(`${administrator.caller.name} invites you`);
    expect(await stored(id)).toMatchObject({ secret: null, nextAttemptAt: null, failure: null });
    expect((await stored(id)).sentAt).not.toBeNull();
  });

  it('waits while the mail server is down, says why, and goes out with the housekeeping', async () => {
    const { email, id } = await invite();
    expect(await stored(id)).toMatchObject({ attempts: 1, failure: expect.stringContaining('ECONNREFUSED') });
    expect(await listUnsentMails()).toMatchObject([{ recipient: email, kind: 'invitation' }]);
    const { folder } = await open();
    expect((await deliverMails(at(MINUTE_MS / 2))).sentMails).toBe(0);
    expect((await runHousekeeping(at(2 * MINUTE_MS)))?.sentMails).toBe(1);
    expect(await mailsTo(folder, email)).toHaveLength(1);
    expect(await listUnsentMails()).toEqual([]);
  });

  it('waits twice as long after each failure, an hour at most', async () => {
    const { id } = await invite();
    const waits = [];
    let now = START;
    for (let round = 0; round < 9; round++) {
      const next = (await stored(id)).nextAttemptAt?.getTime() ?? 0;
      waits.push((next - now) / MINUTE_MS);
      now = next;
      await deliverMails(at(now - START));
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('is sent once, however many send at once', async () => {
    const { email } = await invite();
    const { folder } = await open();
    await Promise.all([1, 2, 3, 4].map(() => deliverMails(at(2 * MINUTE_MS))));
    expect(await mailsTo(folder, email)).toHaveLength(1);
  });

  it('is left alone while another sender claims it, which holds up nobody', async () => {
    const { email, id } = await invite();
    const { folder } = await open();
    await transaction(async (client) => {
      await client.query('SELECT FROM mail WHERE link_id = $1 FOR UPDATE', [id]);
      expect((await deliverMails(at(2 * MINUTE_MS))).sentMails).toBe(0);
    });
    await deliverMails(at(2 * MINUTE_MS));
    expect(await mailsTo(folder, email)).toHaveLength(1);
  });

  it('that a sender died over is sent by another one', async () => {
    const { email, id } = await invite();
    // As a claim leaves it.
    const lease = new Date(START + 5 * MINUTE_MS);
    await prisma().mail.update({ where: { linkId: id }, data: { nextAttemptAt: lease } });
    const { folder } = await open();
    await deliverMails(at(4 * MINUTE_MS));
    expect(await mailsTo(folder, email)).toHaveLength(0);
    await deliverMails(at(6 * MINUTE_MS));
    expect(await mailsTo(folder, email)).toHaveLength(1);
  });

  it('that its recipient will never have is given up at once, and its secret with it', async () => {
    (await open()).refuse({ code: 550, message: 'no such\r\n person' });
    const { id } = await invite();
    const mail = await stored(id);
    expect(mail).toMatchObject({ secret: null, nextAttemptAt: null, sentAt: null });
    expect(mail.failure).toMatch(/550.*no such person/);
  });

  it('that is refused for now is tried again', async () => {
    const box = await open();
    box.refuse({ code: 450, message: 'try later' });
    const { email, id } = await invite();
    expect((await stored(id)).secret).not.toBeNull();
    box.refuse(null);
    await deliverMails(at(2 * MINUTE_MS));
    expect(await mailsTo(box.folder, email)).toHaveLength(1);
  });

  it('of which the link is over is given up, and forgotten a week later', async () => {
    const { id } = await invite();
    await runHousekeeping(at(7 * DAY_MS));
    expect(await stored(id)).toMatchObject({ secret: null, nextAttemptAt: null });
    await runHousekeeping(at(14 * DAY_MS + HOUR_MS));
    expect(await prisma().mail.count()).toBe(0);
    expect(await prisma().accountLink.count()).toBe(0);
  });

  it('of an invitation that is revoked does not go out', async () => {
    const { email, id } = await invite();
    await revokeInvitation({ id, origin: administrator.origin });
    const { folder } = await open();
    await deliverMails(at(2 * MINUTE_MS));
    expect(await mailsTo(folder, email)).toEqual([]);
  });
});

describe('an administrator who tries again', () => {
  it('sends what waits at once, by the same link', async () => {
    const { email, id } = await invite();
    const { secret } = await stored(id);
    const { folder } = await open();
    expect(await retryMails({ origin: administrator.origin, clock: at(1) })).toBe(1);
    await backgroundDone();
    const mails = await mailsTo(folder, email);
    expect(mails.map((mail) => secretIn(linkIn(mail)))).toEqual([secret]);
  });

  it('gives what was given up a new link, which works', async () => {
    const box = await open();
    box.refuse({ code: 550, message: 'no such person' });
    const { email, id } = await invite();
    box.refuse(null);
    const mail = await stored(id);
    const clock = at(6 * DAY_MS);
    await retryMails({ id: mail.id, origin: administrator.origin, clock });
    await backgroundDone();
    const [arrived] = await mailsTo(box.folder, email);
    const secret = arrived ? secretIn(linkIn(arrived)) : '';
    expect(await findLink({ kind: 'invitation', secret, clock: at(12 * DAY_MS) })).toMatchObject({ id });
    const act = await prisma().auditEvent.findFirst({
      where: { action: 'mail.retry' },
      orderBy: { id: 'desc' },
    });
    expect(act).toMatchObject({ actorId: administrator.caller.userId, target: email });
  });

  it('is told when the mail went out already', async () => {
    await open();
    const { id } = await invite();
    const retry = retryMails({ id: (await stored(id)).id, origin: administrator.origin, clock: at(1) });
    await expect(retry).rejects.toMatchObject({ kind: 'not-found' });
  });
});

it('the database itself refuses a secret of a mail that nobody sends', async () => {
  const { id } = await invite();
  const update = prisma().mail.update({ where: { linkId: id }, data: { nextAttemptAt: null } });
  await expect(update).rejects.toThrow('mail_secret_while_waiting');
});
