import { createTransport } from 'nodemailer';
import { SECOND_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { shared } from '#lib/shared.ts';

/** A mail server that is silent for so long does not answer; all of them together are less than a claim's lease. */
const CONNECT_MS = 10 * SECOND_MS;
const SILENCE_MS = 20 * SECOND_MS;

/** A mail in plain text. */
export interface TextMail {
  recipient: string;
  subject: string;
  text: string;
}

/** Whether this server can send mail (`SMTP_URL`). */
export function hasMailServer(): boolean {
  return env().SMTP_URL !== undefined;
}

/** What links in mails start with: never the Host of a request, which anybody can write, where PUBLIC_URL is known. */
export function mailBaseUrl(requestBaseUrl: string): string {
  return env().PUBLIC_URL ?? requestBaseUrl;
}

function transport() {
  return shared('mail-transport', () =>
    createTransport({
      url: env().SMTP_URL,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    }),
  );
}

/** Hands a mail to the mail server. @throws what the library says, with the server's own words. */
export async function sendText({ recipient, subject, text }: TextMail): Promise<void> {
  await transport().sendMail({
    from: env().MAIL_FROM,
    // As an object, so that no address is ever read as a list of them.
    to: { name: '', address: recipient },
    subject,
    text,
    // So that no out-of-office program answers (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
}
