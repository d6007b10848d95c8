import { findAccountId } from '#lib/accounts/find.ts';
import { type Command, type CommandContext, textOption, UsageError, word } from '#lib/cli/command.ts';
import { systemClock } from '#lib/clock.ts';
import { createToken } from '#lib/tokens/create.ts';
import { listTokens } from '#lib/tokens/list.ts';
import { patternWithin } from '#lib/tokens/name-pattern.ts';
import { revokeToken } from '#lib/tokens/revoke.ts';
import { isScope, SCOPES } from '#lib/tokens/scopes.ts';

function scopes({ options }: CommandContext): string[] {
  const given = typeof options.scope === 'string' ? options.scope.split(',').filter(Boolean) : [];
  const wrong = given.find((scope) => !isScope(scope));
  if (wrong) throw new UsageError(`--scope ${wrong} is not one of ${SCOPES.join(', ')}.`);
  return given;
}

/** Prints the token and nothing else. */
async function add(context: CommandContext): Promise<void> {
  const userId = await findAccountId(word(context, 0, 'NAME'));
  const { days, names } = context.options;
  const made = await createToken({
    userId,
    name: textOption(context, 'name'),
    days: days === undefined ? null : Number(days),
    scopes: scopes(context),
    namePattern: patternWithin(null, typeof names === 'string' ? names : undefined),
    origin: context.origin,
    clock: systemClock,
  });
  context.print(made.token);
}

async function list(context: CommandContext): Promise<void> {
  const userId = await findAccountId(word(context, 0, 'NAME'));
  for (const token of await listTokens(userId, systemClock)) {
    const expires = token.expiresAt?.toISOString() ?? 'never';
    context.print(
      [
        token.name,
        `${token.prefix}…`,
        `expires ${expires}`,
        `last used ${token.lastUsedAt?.toISOString() ?? 'never'}`,
      ].join('\t'),
    );
  }
}

async function revoke(context: CommandContext): Promise<void> {
  const userId = await findAccountId(word(context, 0, 'NAME'));
  const name = textOption(context, 'name');
  await revokeToken({ userId, name, origin: context.origin });
  context.print(`Revoked ${name}.`);
}

/** `admin token …` */
export const tokenCommands: Record<string, Command> = {
  add: { usage: 'NAME --name T [--days N] [--scope S[,S]] [--names PATTERN]', run: add },
  list: { usage: 'NAME', run: list },
  revoke: { usage: 'NAME --name T', run: revoke },
};
