import { parseArgs } from 'node:util';
import { backgroundDone } from '#lib/background.ts';
import { artifactCommands } from '#lib/cli/artifact.ts';
import { type Command, commandOrigin, UsageError } from '#lib/cli/command.ts';
import { executorCommands } from '#lib/cli/executor.ts';
import { imageCommands } from '#lib/cli/image.ts';
import { invitationCommands } from '#lib/cli/invitation.ts';
import { mailCommands } from '#lib/cli/mail.ts';
import { policyCommands } from '#lib/cli/policy.ts';
import { registryCommands } from '#lib/cli/registry.ts';
import { storageCommands } from '#lib/cli/storage.ts';
import { tokenCommands } from '#lib/cli/token.ts';
import { userCommands } from '#lib/cli/user.ts';
import { closePools } from '#lib/db/pool.ts';
import { EnvError } from '#lib/env-error.ts';
import { isFault } from '#lib/errors.ts';
import { flushChanges } from '#lib/notices/outbox.ts';
import { Refusal } from '#lib/refusal.ts';
import { bootCommand } from '#lib/server/boot.ts';

const NOUNS: Record<string, Record<string, Command>> = {
  user: userCommands,
  token: tokenCommands,
  artifact: artifactCommands,
  executor: executorCommands,
  image: imageCommands,
  invitation: invitationCommands,
  mail: mailCommands,
  registry: registryCommands,
};
/** Commands of one word. */
const SINGLE: Record<string, Command> = { ...storageCommands, ...policyCommands };

const OPTIONS = {
  admin: { type: 'boolean' },
  at: { type: 'string' },
  days: { type: 'string' },
  email: { type: 'string' },
  legacy: { type: 'boolean' },
  name: { type: 'string' },
  names: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  scope: { type: 'string' },
  secret: { type: 'string' },
  type: { type: 'string' },
  undo: { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

function usage(): string {
  const lines = Object.entries(SINGLE).map(([verb, { usage }]) => `  ${verb} ${usage}`);
  for (const [noun, verbs] of Object.entries(NOUNS)) {
    for (const [verb, { usage }] of Object.entries(verbs)) lines.push(`  ${noun} ${verb} ${usage}`);
  }
  return `Usage: npm run --silent admin -- COMMAND\n${lines.join('\n')}`;
}

function findCommand(words: string[]): { command: Command; rest: string[] } {
  const [first = '', second = '', ...rest] = words;
  const single = Object.hasOwn(SINGLE, first) ? SINGLE[first] : undefined;
  if (single) return { command: single, rest: words.slice(1) };
  const verbs = Object.hasOwn(NOUNS, first) ? NOUNS[first] : undefined;
  const command = verbs && Object.hasOwn(verbs, second) ? verbs[second] : undefined;
  if (!command) throw new UsageError('There is no such command.');
  return { command, rest };
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function run(argv: string[], print: (line: string) => void): Promise<void> {
  const { positionals, values } = parse(argv);
  const { command, rest } = findCommand(positionals);
  const context = {
    words: rest,
    options: values,
    origin: commandOrigin(),
    print,
  };
  const booted = await bootCommand();
  try {
    await command.run(context);
  } finally {
    await backgroundDone();
    await flushChanges();
    await closePools();
    await booted.stop();
  }
}

/**
 * Runs one command of the administrator. Results go to stdout, what went wrong to stderr as one sentence.
 * @returns the exit code: 0, 1 for what could not be done, 2 for what was not understood.
 */
export async function main(argv: string[]): Promise<number> {
  try {
    await run(argv, (line) => process.stdout.write(`${line}\n`));
    return 0;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    const isExpected = isUsage || isFault(error) || error instanceof Refusal || error instanceof EnvError;
    console.error(isExpected ? (error as Error).message : error);
    if (isUsage) console.error(usage());
    return isUsage ? 2 : 1;
  }
}
