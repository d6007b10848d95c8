import path from 'node:path';
import { type Command, type CommandContext, word } from '#lib/cli/command.ts';
import { importBase } from '#lib/images/builders/choose.ts';

async function importImage(context: CommandContext): Promise<void> {
  const name = word(context, 0, 'NAME');
  await importBase(path.resolve(word(context, 1, 'FILE')), name);
  context.print(`Dockerfiles may begin with FROM ${name} now.`);
}

/** `admin image …`: the base images of the builder on this machine. */
export const imageCommands: Record<string, Command> = {
  import: { usage: 'NAME FILE (an archive of docker save)', run: importImage },
};
