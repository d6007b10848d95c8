import path from 'node:path';
import { DOCUMENT_ARRAY } from '#lib/artifacts/documents.ts';
import { importArtifact } from '#lib/artifacts/import.ts';
import { deleteLegacy, listLegacy } from '#lib/artifacts/legacy.ts';
import { LIBRARY } from '#lib/artifacts/system-namespaces.ts';
import { type Command, type CommandContext, UsageError, word } from '#lib/cli/command.ts';
import { systemClock } from '#lib/clock.ts';

/** As long as a token may last, and in any case a date that Postgres knows. */
const MAX_DAYS = 36_500;

/** These commands are about un-namespaced artifacts alone; what is somebody's is theirs to change. */
function requireLegacy({ options }: CommandContext): void {
  if (options.legacy !== true) throw new UsageError('--legacy is missing.');
}

function days({ options }: CommandContext): number | null {
  if (options.days === undefined) return null;
  const number = Number(options.days);
  if (Number.isInteger(number) && number >= 1 && number <= MAX_DAYS) return number;
  throw new UsageError(`--days is a whole number from 1 to ${MAX_DAYS}.`);
}

function expiry(expiresAt: Date | null): string {
  return expiresAt ? `expires ${expiresAt.toISOString()}` : 'never expires';
}

async function importFile(context: CommandContext): Promise<void> {
  requireLegacy(context);
  const name = word(context, 0, 'NAME');
  const { type } = context.options;
  const row = await importArtifact({
    name,
    path: path.resolve(word(context, 1, 'FILE')),
    type: typeof type === 'string' ? type : DOCUMENT_ARRAY,
    days: days(context),
    origin: context.origin,
    clock: systemClock,
  });
  const documents = row.documents === null ? '' : `, ${row.documents} documents`;
  context.print(
    `Imported ${name}: ${row.sizeBytes} bytes${documents}, sha256 ${row.sha256}, ${expiry(row.expiresAt)}.`,
  );
}

async function list(context: CommandContext): Promise<void> {
  requireLegacy(context);
  for await (const row of listLegacy()) {
    const from = row.namespace === LIBRARY ? 'imported' : 'pushed without a token';
    context.print(
      [row.name, row.type ?? '-', `${row.sizeBytes} bytes`, from, expiry(row.expiresAt)].join('\t'),
    );
  }
}

async function remove(context: CommandContext): Promise<void> {
  requireLegacy(context);
  const name = word(context, 0, 'NAME');
  await deleteLegacy({ name, origin: context.origin });
  context.print(`Deleted ${name}.`);
}

/** `admin artifact …` */
export const artifactCommands: Record<string, Command> = {
  import: { usage: '--legacy NAME FILE [--days N] [--type T]', run: importFile },
  list: { usage: '--legacy', run: list },
  delete: { usage: '--legacy NAME', run: remove },
};
