import type { Caller } from '#lib/auth/caller.ts';
import { Fault } from '#lib/errors.ts';
import { requireCurrent } from '#lib/tokens/require-current.ts';

/**
 * A key counts for all Executors of its namespace, and for longer than the token that adds it.
 * @throws Fault `not-allowed` for a token that is limited to names, or was replaced.
 */
export async function requireWhole(caller: Caller): Promise<void> {
  if (caller.namePattern !== null)
    throw new Fault(
      'not-allowed',
      'This token is limited to some names, and signing keys are for all of them. Use the settings, or another token.',
    );
  await requireCurrent(caller);
}
