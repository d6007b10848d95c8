import type { PushTarget } from '#lib/artifacts/claim.ts';
import { findOwn } from '#lib/artifacts/find.ts';
import type { PushInput } from '#lib/artifacts/push.ts';
import { resolveTargetName } from '#lib/artifacts/resolve-target.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { requireNameWithin } from '#lib/tokens/name-pattern.ts';

/** Whose quota a version is charged to, and who made it. */
export interface Owner {
  namespaceId: string;
  /** The slug of that namespace. */
  namespace: string;
  /** Null for who has no account. */
  userId: string | null;
}

/** Somebody who pushes: their namespace, and what a name means to them. */
export interface Pusher extends Owner {
  /** @throws Fault `invalid`, `not-allowed`, `not-found`, `log-in` for what this pusher may not push to. */
  resolveTarget(input: PushInput): Promise<PushTarget>;
  /** A failure in the words for this pusher. */
  explain(error: unknown): unknown;
}

/** A push into the caller's own namespace, or over an artifact of theirs. */
export function userPusher(caller: Caller): Pusher {
  return {
    namespaceId: caller.namespaceId,
    namespace: caller.name,
    userId: caller.userId,
    async resolveTarget(input) {
      const name = input.name === undefined ? null : await resolveTargetName(caller, input.name);
      if (input.id === undefined) {
        requireNameWithin(caller.namePattern, name);
        return { kind: 'name', name };
      }
      return { kind: 'id', id: (await findOwn(caller, { id: input.id })).id, name };
    },
    explain: (error) => error,
  };
}
