import net, { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { queryOnce } from '#lib/testing/database.ts';
import { type AwayDatabase, externalPostgres } from '#lib/testing/external-postgres.ts';
import { linkIn, mailsTo, startMailbox } from '#lib/testing/mailbox.ts';
import { runServerToEnd, startTestServer } from '#lib/testing/server.ts';

const FROM = { MAIL_FROM: 'groundstation@example.org' };
const SMTP = 'smtp://127.0.0.1:9';

let database: AwayDatabase;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await externalPostgres('SIGINT');
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await database.end();
});

/** A mail server that takes connections and says nothing. */
async function startSilence(): Promise<{ port: number; connected: Promise<void>; stop(): Promise<void> }> {
  const sockets: net.Socket[] = [];
  const server = net.createServer();
  const connected = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      sockets.push(socket.on('error', () => {}));
      resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { port: (server.address() as AddressInfo).port, connected, stop };
}

describe('a mail', () => {
  it('that a server was killed over goes out when the server is back, by a link that works', async () => {
    const silence = await startSilence();
    const env = { ...database.env, ...FROM, SMTP_URL: `smtp://127.0.0.1:${silence.port}` };
    await addUser(env, 'operator', '--admin');
    const server = await startTestServer(env);
    const login = await fetch(`${server.url}/v2/rpc/user.identity.passwordLogin`, {
      method: 'POST',
      body: new URLSearchParams({ name: 'operator', password: 'a sentence that nobody guesses' }),
    });
    const { data } = (await login.json()) as { data: { token: string } };
    const invited = await fetch(`${server.url}/v2/rpc/admin.invitation.create`, {
      method: 'POST',
      headers: { authorization: `token ${data.token}` },
      body: new URLSearchParams({ email: 'nora@example.org' }),
    });
    // Nobody waits for the mail server.
    expect(invited.status).toBe(200);
    await silence.connected;
    await server.kill();
    await silence.stop();

    const mailbox = await startMailbox(silence.port);
    ends.push(() => mailbox.stop());
    // As if the time had passed for which the dead sender had the mail.
    await queryOnce(database.env.DATABASE_URL ?? '', 'UPDATE mail SET next_attempt_at = now()');
    const again = await startTestServer(env);
    ends.push(() => again.stop());
    await expect.poll(() => mailsTo(mailbox.folder, 'nora@example.org')).toHaveLength(1);
    const [mail] = await mailsTo(mailbox.folder, 'nora@example.org');
    const { search } = new URL(mail ? linkIn(mail) : '');
    const page = await fetch(`${again.url}/signup${search}`);
    expect(await page.text()).toContain('You are invited.');
  });
});

describe('a server that is set up for mail by half', () => {
  it.each([
    [{ SMTP_URL: SMTP }, 'MAIL_FROM is missing'],
    [FROM, 'SMTP_URL is missing'],
  ])('does not start: %o', async (env, words) => {
    const { code, stderr } = await runServerToEnd({ ...database.env, ...env } as Record<string, string>);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(words)]);
  });
});

describe('the administrator’s command line', () => {
  it('prints links and nothing else', async () => {
    const admin = (env: object, ...words: string[]) => runAdmin({ ...database.env, ...env }, words);
    await addUser(database.env, 'operator', '--admin');
    await addUser(database.env, 'paul');
    expect(await admin({}, 'invitation', 'add')).toMatch(
      /^http:\/\/127\.0\.0\.1:3000\/signup\?invitation=\w{43}$/,
    );
    expect(await admin({}, 'user', 'reset-link', 'paul')).toMatch(
      /^http:\/\/127\.0\.0\.1:3000\/reset\?link=\w{43}$/,
    );
    expect(await admin({ PUBLIC_URL: 'https://gs.example.org' }, 'invitation', 'add')).toContain(
      'https://gs.example.org/signup?',
    );
    await expect(admin({}, 'mail', 'retry')).rejects.toThrow('SMTP_URL is not set');
  });

  it('says where mail went and why it did not, lists invitations and revokes one', async () => {
    const admin = (env: object, ...words: string[]) => runAdmin({ ...database.env, ...env }, words);
    await admin({}, 'invitation', 'add');
    const mail = { ...FROM, SMTP_URL: SMTP };
    expect(await admin(mail, 'invitation', 'add', '--email', 'nora@example.org')).toBe(
      'The invitation goes to nora@example.org.',
    );
    expect(await admin({}, 'mail', 'list')).toMatch(
      /^\w{24}\tinvitation\tnora@example\.org\t1 attempts\tnext \S+Z\t.*ECONNREFUSED/,
    );
    expect(await admin(mail, 'mail', 'retry')).toBe('1 mails are tried again.');
    const [mailed = '', ...handed] = (await admin({}, 'invitation', 'list')).split('\n');
    expect(handed).toEqual([expect.stringMatching(/^\w{24}\t-\thanded over\tends \S+Z$/)]);
    expect(mailed).toContain('\tnora@example.org\tmail waiting\t');
    const [id = ''] = mailed.split('\t');
    expect(await admin({}, 'invitation', 'revoke', id)).toBe(`Revoked ${id}.`);
    await expect(admin({}, 'invitation', 'revoke', id)).rejects.toThrow('There is no such invitation');
  });

  it('chooses who may sign up, and who is an administrator', async () => {
    const admin = (...words: string[]) => runAdmin(database.env, words);
    await addUser(database.env, 'operator', '--admin');
    await addUser(database.env, 'paul');
    expect(await admin('sign-up')).toBe('open\tthe default');
    expect(await admin('sign-up', 'closed')).toBe('closed\tchosen by an administrator');
    await expect(admin('invitation', 'add')).rejects.toThrow('Sign-up is closed.');
    expect(await admin('sign-up', 'default')).toBe('open\tthe default');
    await expect(admin('sign-up', 'sometimes')).rejects.toThrow('POLICY is open, invite, closed or default.');
    await expect(admin('user', 'disable', 'operator')).rejects.toThrow('This is the only administrator.');
    expect(await admin('user', 'admin', 'paul')).toBe('paul is an administrator.');
    expect(await admin('user', 'disable', 'operator')).toBe('Disabled operator.');
    await expect(admin('user', 'admin', 'paul', '--undo')).rejects.toThrow('This is the only administrator.');
    expect(await admin('user', 'verify', 'paul')).toBe('Confirmed the e-mail address of paul.');
  });
});
