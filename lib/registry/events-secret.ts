import { timingSafeEqual } from 'node:crypto';
import { derivedKey } from '#lib/auth/auth-secret.ts';

/** What the registry's notifications bring as `Authorization`. */
export function eventsAuthorization(): string {
  return `Bearer ${derivedKey('registry events').toString('base64url')}`;
}

/** Whether a header is that; takes as long for every wrong one of its length. */
export function isEventsAuthorization(header: string): boolean {
  const [given, right] = [Buffer.from(header), Buffer.from(eventsAuthorization())];
  return given.length === right.length && timingSafeEqual(given, right);
}
