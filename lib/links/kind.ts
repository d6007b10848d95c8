import type { AccountLinkKind } from '#generated/prisma/enums.ts';
import { DAY_MS, HOUR_MS } from '#lib/clock.ts';

/** How long a link of each kind works, in milliseconds. */
export const LINK_LIFE_MS: Record<AccountLinkKind, number> = {
  verifyEmail: DAY_MS,
  resetPassword: HOUR_MS,
  invitation: 7 * DAY_MS,
};

/** Where the page of each kind is: mails and the command line know no pages. */
const PATHS: Record<AccountLinkKind, string> = {
  verifyEmail: '/verify?link=',
  resetPassword: '/reset?link=',
  invitation: '/signup?invitation=',
};

/** What a person opens. @param baseUrl such as `http://127.0.0.1:3000`. */
export function linkAddress(kind: AccountLinkKind, baseUrl: string, secret: string): string {
  return `${baseUrl}${PATHS[kind]}${secret}`;
}
