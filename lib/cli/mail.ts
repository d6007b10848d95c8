import type { Command, CommandContext } from '#lib/cli/command.ts';
import { systemClock } from '#lib/clock.ts';
import { listUnsentMails } from '#lib/mail/list.ts';
import { retryMails } from '#lib/mail/retry.ts';
import { hasMailServer } from '#lib/mail/server.ts';
import { Refusal } from '#lib/refusal.ts';

async function list({ print }: CommandContext): Promise<void> {
  for (const { id, kind, recipient, attempts, nextAttemptAt, failure } of await listUnsentMails()) {
    const next = nextAttemptAt ? `next ${nextAttemptAt.toISOString()}` : 'given up';
    print([id, kind, recipient, `${attempts} attempts`, next, failure ?? '-'].join('\t'));
  }
}

async function retry(context: CommandContext): Promise<void> {
  if (!hasMailServer()) throw new Refusal('SMTP_URL is not set, so this server sends no mail.');
  const [id] = context.words;
  context.print(
    `${await retryMails({ id, origin: context.origin, clock: systemClock })} mails are tried again.`,
  );
}

/** `admin mail …`: what no mail server has taken. */
export const mailCommands: Record<string, Command> = {
  list: { usage: '', run: list },
  retry: { usage: '[ID]', run: retry },
};
