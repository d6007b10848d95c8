import { DAY_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';

/** When a sign-in of `createdAt` that is used at `usedAt` ends: `SESSION_DAYS` later, `SESSION_MAX_DAYS` old at most. */
export function sessionEnd(createdAt: Date, usedAt: Date): Date {
  const { SESSION_DAYS, SESSION_MAX_DAYS } = env();
  const idle = usedAt.getTime() + SESSION_DAYS * DAY_MS;
  return new Date(Math.min(idle, createdAt.getTime() + SESSION_MAX_DAYS * DAY_MS));
}
