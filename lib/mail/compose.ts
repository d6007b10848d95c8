import type { AccountLinkKind } from '#generated/prisma/enums.ts';
import { linkAddress } from '#lib/links/kind.ts';
import type { TextMail } from '#lib/mail/server.ts';

/** What is known when a mail is written. */
export interface Letter {
  kind: AccountLinkKind;
  recipient: string;
  baseUrl: string;
  secret: string;
  expiresAt: Date;
  /** The user name of the account that it is about; an invitation has none. */
  account: string | null;
  /** What people call the administrator who invites; null when it is unknown. */
  inviter: string | null;
}

/** `Nov 24, 2026, 11:00 UTC`: a mail knows no time zone of its reader. */
function formatEnd(at: Date): string {
  const words = at.toLocaleString('en-US', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
    hour12: false,
  });
  return `${words} UTC`;
}

function wordsOf(
  { kind, account, inviter }: Letter,
  host: string,
): { subject: string; before: string; after: string } {
  if (kind === 'verifyEmail')
    return {
      subject: `Confirm your e-mail address on ${host}`,
      before: `Somebody, most likely you, asked to confirm that this address belongs to the account ${account} on ${host}. Confirm it here:`,
      after: 'If this was not you, do nothing.',
    };
  if (kind === 'resetPassword')
    return {
      subject: `A new password on ${host}`,
      before: `Somebody, most likely you, asked for a new password for the account ${account} on ${host}. Choose it here:`,
      after: 'If this was not you, do nothing. Your password stays as it is.',
    };
  return {
    subject: `An invitation to ${host}`,
    before: `${inviter ?? 'An administrator'} invites you to make an account on ${host}, where DocumentArrays are kept. Make it here:`,
    after: 'If you do not know what this is about, do nothing.',
  };
}

/** Writes a mail: a sentence, the link, until when it works. */
export function composeMail(letter: Letter): TextMail {
  const { kind, recipient, baseUrl, secret, expiresAt } = letter;
  const { subject, before, after } = wordsOf(letter, new URL(baseUrl).host);
  const paragraphs = [
    before,
    linkAddress(kind, baseUrl, secret),
    `The link works once, until ${formatEnd(expiresAt)}.`,
    after,
  ];
  return { recipient, subject, text: `${paragraphs.join('\n\n')}\n` };
}
