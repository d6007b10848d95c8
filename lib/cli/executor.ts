import path from 'node:path';
import { type Command, type CommandContext, UsageError, word } from '#lib/cli/command.ts';
import { importExecutor } from '#lib/executors/import.ts';

async function importFile(context: CommandContext): Promise<void> {
  const { legacy, secret } = context.options;
  if (legacy !== true) throw new UsageError('--legacy is missing.');
  const name = word(context, 0, 'NAME');
  const result = await importExecutor({
    name,
    path: path.resolve(word(context, 1, 'ZIP')),
    secret: typeof secret === 'string' ? secret : null,
    origin: context.origin,
  });
  const how = result.visibility === 'public' ? 'public' : 'opened by its secret';
  context.print(`Imported ${name} as ${result.id}, ${how}: jinahub://${name}`);
}

/** `admin executor …` */
export const executorCommands: Record<string, Command> = {
  import: { usage: '--legacy NAME ZIP [--secret S]', run: importFile },
};
