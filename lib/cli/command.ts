import type { Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';
import { databaseClock } from '#lib/db/database-clock.ts';
import { baseUrl } from '#lib/http/hosts.ts';
import { newRequestId } from '#lib/ids.ts';

/** What a command gets: its words, its options, and where its results go. */
export interface CommandContext {
  words: string[];
  options: Record<string, string | boolean | undefined>;
  origin: Origin;
  /** One line on stdout, for a program that reads it. */
  print(line: string): void;
}

/** A command of `npm run admin`. `usage` is what stands behind `noun verb`. */
export interface Command {
  usage: string;
  run(context: CommandContext): Promise<void>;
}

/** A call that cannot be understood; the message is its usage. */
export class UsageError extends Error {}

/** Where changes made on the command line come from, for the audit log. */
export function commandOrigin(): Origin {
  return { caller: null, address: null, client: 'admin command', requestId: newRequestId() };
}

/** What links start with that a command makes. */
export function commandBaseUrl(): string {
  return baseUrl({ header: () => undefined });
}

/** The text of an option. @throws UsageError when it is missing. */
export function textOption({ options }: CommandContext, name: string): string {
  const value = options[name];
  if (typeof value === 'string') return value;
  throw new UsageError(`--${name} is missing.`);
}

/** The n-th word behind the command. @throws UsageError when it is missing. */
export function word({ words }: CommandContext, index: number, name: string): string {
  const value = words[index];
  if (value !== undefined) return value;
  throw new UsageError(`${name} is missing.`);
}

/** The clock of `--at`, an ISO time, for looking ahead; else the database's. */
export async function clockOption({ options }: CommandContext): Promise<Clock> {
  if (typeof options.at !== 'string') return databaseClock();
  const at = new Date(options.at);
  if (Number.isNaN(at.getTime()))
    throw new UsageError('--at is not a time; write it like 2026-12-31T00:00:00Z.');
  return { now: () => at };
}
