import { text } from 'node:stream/consumers';
import { createAccount } from '#lib/accounts/create.ts';
import { setDisabled } from '#lib/accounts/disable.ts';
import { listAccounts } from '#lib/accounts/list.ts';
import { setQuota } from '#lib/accounts/set-quota.ts';
import { type Command, type CommandContext, textOption, UsageError, word } from '#lib/cli/command.ts';
import { systemClock } from '#lib/clock.ts';

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

/** `admin user …` */
export const userCommands: Record<string, Command> = {
  add: { usage: 'NAME --email E --password-stdin [--admin]', run: add },
  list: { usage: '', run: list },
  disable: { usage: 'NAME [--undo]', run: disable },
  quota: { usage: 'NAME BYTES', run: quota },
};
