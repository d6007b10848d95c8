import { text } from 'node:stream/consumers';
import { createAccount } from '#lib/accounts/create.ts';
import { destroyAccount } from '#lib/accounts/destroy.ts';
import { setDisabled } from '#lib/accounts/disable.ts';
import { findAccountId } from '#lib/accounts/find.ts';
import { listAccounts } from '#lib/accounts/list.ts';
import { makeResetLink } from '#lib/accounts/reset-password.ts';
import { setAdmin } from '#lib/accounts/set-admin.ts';
import { setQuota } from '#lib/accounts/set-quota.ts';
import { markVerified } from '#lib/accounts/verify-email.ts';
import {
  type Command,
  type CommandContext,
  commandBaseUrl,
  textOption,
  UsageError,
  word,
} from '#lib/cli/command.ts';
import { systemClock } from '#lib/clock.ts';
import { linkAddress } from '#lib/links/kind.ts';

async function add(context: CommandContext): Promise<void> {
  const name = word(context, 0, 'NAME');
  const email = textOption(context, 'email');
  if (!context.options['password-stdin'])
    throw new UsageError('--password-stdin is missing: the password is read from there.');
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  await createAccount({
    name,
    email,
    password,
    isAdmin: context.options.admin === true,
    origin: context.origin,
  });
  context.print(`Added ${name}.`);
}

async function list({ print }: CommandContext): Promise<void> {
  for (const user of await listAccounts()) {
    const marks = [user.isAdmin && 'administrator', user.disabledAt && 'disabled'].filter(Boolean);
    print(
      [user.name, user.email ?? '-', `${user.usedBytes} of ${user.quotaBytes} bytes`, ...marks].join('\t'),
    );
  }
}

async function disable(context: CommandContext): Promise<void> {
  const name = word(context, 0, 'NAME');
  const isDisabled = context.options.undo !== true;
  await setDisabled({ name, isDisabled, origin: context.origin, clock: systemClock });
  context.print(isDisabled ? `Disabled ${name}.` : `Enabled ${name}.`);
}

async function quota(context: CommandContext): Promise<void> {
  const name = word(context, 0, 'NAME');
  const given = word(context, 1, 'BYTES');
  if (!/^\d+$/.test(given)) throw new UsageError('BYTES is a whole number.');
  const quotaBytes = Number(given);
  await setQuota({ name, quotaBytes, origin: context.origin });
  context.print(`${name} may keep ${quotaBytes} bytes.`);
}

async function remove(context: CommandContext): Promise<void> {
  const { options, origin, print } = context;
  const name = word(context, 0, 'NAME');
  const userId = await findAccountId(name);
  if (options.yes !== true)
    throw new UsageError(`--yes is missing: it deletes ${name} and everything of theirs, now and for good.`);
  await destroyAccount(userId, origin, systemClock);
  print(`Deleted ${name}.`);
}

/** Prints the link to hand over, and nothing else. */
async function resetLink(context: CommandContext): Promise<void> {
  const name = word(context, 0, 'NAME');
  const { secret } = await makeResetLink({ name, origin: context.origin, clock: systemClock });
  context.print(linkAddress('resetPassword', commandBaseUrl(), secret));
}

async function verify(context: CommandContext): Promise<void> {
  const name = word(context, 0, 'NAME');
  await markVerified({ name, origin: context.origin, clock: systemClock });
  context.print(`Confirmed the e-mail address of ${name}.`);
}

async function admin(context: CommandContext): Promise<void> {
  const name = word(context, 0, 'NAME');
  const isAdmin = context.options.undo !== true;
  await setAdmin({ name, isAdmin, origin: context.origin });
  context.print(isAdmin ? `${name} is an administrator.` : `${name} is no administrator any more.`);
}

/** `admin user …` */
export const userCommands: Record<string, Command> = {
  add: { usage: 'NAME --email E --password-stdin [--admin]', run: add },
  list: { usage: '', run: list },
  disable: { usage: 'NAME [--undo]', run: disable },
  delete: { usage: 'NAME --yes', run: remove },
  quota: { usage: 'NAME BYTES', run: quota },
  'reset-link': { usage: 'NAME', run: resetLink },
  verify: { usage: 'NAME', run: verify },
  admin: { usage: 'NAME [--undo]', run: admin },
};
