import path from 'node:path';
import { LIBRARY } from '#lib/artifacts/system-namespaces.ts';
import { type Command, type CommandContext, UsageError, word } from '#lib/cli/command.ts';
import { importExecutor } from '#lib/executors/import.ts';
import { deleteLegacyExecutor, listLegacyExecutors } from '#lib/executors/legacy.ts';

/** These commands are about what is nobody's alone; what is somebody's is theirs to change. */
function requireLegacy({ options }: CommandContext): void {
  if (options.legacy !== true) throw new UsageError('--legacy is missing.');
}

async function importFile(context: CommandContext): Promise<void> {
  requireLegacy(context);
  const name = word(context, 0, 'NAME');
  const { secret } = context.options;
  const result = await importExecutor({
    name,
    path: path.resolve(word(context, 1, 'ZIP')),
    secret: typeof secret === 'string' ? secret : null,
    origin: context.origin,
  });
  const how = result.visibility === 'public' ? 'public' : 'opened by its secret';
  context.print(`Imported ${name} as ${result.id}, ${how}: jinahub://${name}`);
}

async function list(context: CommandContext): Promise<void> {
  requireLegacy(context);
  for (const { id, name, namespace, visibility, sizeBytes } of await listLegacyExecutors()) {
    const from = namespace === LIBRARY ? 'imported' : 'pushed without a token';
    context.print([name, id, visibility, `${sizeBytes} bytes`, from].join('\t'));
  }
}

async function remove(context: CommandContext): Promise<void> {
  requireLegacy(context);
  const name = word(context, 0, 'NAME');
  await deleteLegacyExecutor({ name, origin: context.origin });
  context.print(`Deleted ${name}.`);
}

/** `admin executor …` */
export const executorCommands: Record<string, Command> = {
  import: { usage: '--legacy NAME ZIP [--secret S]', run: importFile },
  list: { usage: '--legacy', run: list },
  delete: { usage: '--legacy NAME', run: remove },
};
