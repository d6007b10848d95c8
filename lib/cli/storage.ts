import { expireArtifacts } from '#lib/artifacts/expire.ts';
import { purgeTrash } from '#lib/artifacts/purge.ts';
import { ownersOf } from '#lib/blobs/owners.ts';
import { sweepBlobs } from '#lib/blobs/sweep.ts';
import { verifyBlobs } from '#lib/blobs/verify.ts';
import { type Command, type CommandContext, clockOption } from '#lib/cli/command.ts';
import { withHousekeepingLock } from '#lib/housekeeping/run.ts';
import { Refusal } from '#lib/refusal.ts';

const BUSY = 'The housekeeping is at work right now; try again in a moment.';

async function locked<T>(work: () => Promise<T>): Promise<T> {
  const result = await withHousekeepingLock(work);
  if (result === null) throw new Refusal(BUSY);
  return result;
}

async function verify({ print }: CommandContext): Promise<void> {
  const counts = { checked: 0 };
  let wrong = 0;
  for await (const { blob, problem } of verifyBlobs(counts)) {
    wrong += 1;
    const owners = await ownersOf(blob);
    print([`${blob}: ${problem}`, ...owners].join('; '));
  }
  print(`${counts.checked} blobs checked, ${wrong} wrong.`);
  if (wrong > 0) throw new Refusal('Some blobs are not what the database says; restore them from a backup.');
}

async function sweep(context: CommandContext): Promise<void> {
  const clock = await clockOption(context);
  const { abandonedUploads, removedBlobs } = await locked(() => sweepBlobs(clock));
  context.print(`${abandonedUploads} abandoned uploads taken, ${removedBlobs} blobs removed.`);
}

async function expire(context: CommandContext): Promise<void> {
  const clock = await clockOption(context);
  context.print(`${await locked(() => expireArtifacts(clock, context.origin))} artifacts expired.`);
}

async function purge(context: CommandContext): Promise<void> {
  const clock = await clockOption(context);
  const purged = await locked(() => purgeTrash(clock, context.origin));
  context.print(`${purged} artifacts removed from the trash.`);
}

/** `admin verify`, `admin sweep`, `admin expire`, `admin purge`: commands of one word. */
export const storageCommands: Record<string, Command> = {
  verify: { usage: '', run: verify },
  sweep: { usage: '[--at TIME]', run: sweep },
  expire: { usage: '[--at TIME]', run: expire },
  purge: { usage: '[--at TIME]', run: purge },
};
