import { env } from '#lib/env.ts';

/** What somebody reads who signs up without the set-up link while there is no account. */
export const SETUP_LINK_NEEDED =
  'This server has no account yet. Open the set-up link that it printed when it started.';

/** The sentence that says why nobody may sign up by themselves, or null when they may (`SIGN_UP`). */
export function signUpRefusal(): string | null {
  switch (env().SIGN_UP) {
    case 'open':
      return null;
    case 'invite':
      return 'On this server an administrator adds accounts. Ask one for yours.';
    case 'closed':
      return 'This server takes no new accounts.';
  }
}
