import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';

/** The longest time, in days, for which something is kept that is not kept for ever. */
export const MAX_KEEP_DAYS = 36_500;

/** @throws Fault `invalid` for days (null: for ever; undefined: no wish) beyond what the operator allows. */
export function requireKeepDays(days: number | null | undefined): void {
  const limit = env().MAX_RETENTION_DAYS;
  if (limit === undefined || days === undefined || (days !== null && days <= limit)) return;
  const span = limit === 1 ? '1 day' : `${limit} days`;
  throw new Fault('invalid', `This server keeps things for ${span} at most. Choose a shorter time.`);
}
