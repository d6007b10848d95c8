import { type Command, type CommandContext, commandBaseUrl, word } from '#lib/cli/command.ts';
import { systemClock } from '#lib/clock.ts';
import { createInvitation } from '#lib/invitations/create.ts';
import { listInvitations } from '#lib/invitations/list.ts';
import { revokeInvitation } from '#lib/invitations/revoke.ts';
import { linkAddress } from '#lib/links/kind.ts';

/** Prints the link to hand over, or where it was mailed to. */
async function add(context: CommandContext): Promise<void> {
  const { email } = context.options;
  const baseUrl = commandBaseUrl();
  const made = await createInvitation({
    email: typeof email === 'string' ? email : undefined,
    baseUrl,
    origin: context.origin,
    clock: systemClock,
  });
  context.print(
    made.secret ? linkAddress('invitation', baseUrl, made.secret) : `The invitation goes to ${email}.`,
  );
}

async function list({ print }: CommandContext): Promise<void> {
  for (const one of await listInvitations(systemClock)) {
    const mail = one.mail === 'none' ? 'handed over' : `mail ${one.mail}`;
    print([one.id, one.email ?? '-', mail, `ends ${one.expiresAt.toISOString()}`].join('\t'));
  }
}

async function revoke(context: CommandContext): Promise<void> {
  const id = word(context, 0, 'ID');
  await revokeInvitation({ id, origin: context.origin });
  context.print(`Revoked ${id}.`);
}

/** `admin invitation …` */
export const invitationCommands: Record<string, Command> = {
  add: { usage: '[--email E]', run: add },
  list: { usage: '', run: list },
  revoke: { usage: 'ID', run: revoke },
};
