import type { PushInput } from '#lib/artifacts/push.ts';
import type { Pusher } from '#lib/artifacts/pusher.ts';
import { isNamespace } from '#lib/artifacts/resolve-target.ts';
import { ANONYMOUS, systemNamespaceId } from '#lib/artifacts/system-namespaces.ts';
import type { Origin } from '#lib/audit/record.ts';
import { networkOf } from '#lib/auth/network.ts';
import { countAgainst, type RateLimit } from '#lib/auth/rate-limit.ts';
import { HOUR_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { Fault, isFault } from '#lib/errors.ts';
import { requireArtifactName, splitName } from '#lib/names/artifact-name.ts';

/** How long an anonymous push is kept, counted from the push. */
export const ANONYMOUS_DAYS = 7;
/** Anonymous pushes of one address. */
export const ANONYMOUS_PUSHES_AN_HOUR = 60;

const LIMIT: RateLimit = {
  name: 'anonymous-push',
  points: ANONYMOUS_PUSHES_AN_HOUR,
  durationMs: HOUR_MS,
  excess: 'This address has pushed too often without a token',
};

/** The un-namespaced name of a push. The owner of the namespace that a name begins with must say who they are. */
async function anonymousName(input: PushInput): Promise<string> {
  if (input.id !== undefined)
    throw new Fault('log-in', 'Without a token you push to a name, not to an id. Log in to replace by id.');
  if (input.public === false)
    throw new Fault('log-in', 'Without a token everything is public. Log in to push something private.');
  if (input.name === undefined)
    throw new Fault('invalid', 'Without a token a push needs a name. Give the DocumentArray one.');
  const name = requireArtifactName(input.name);
  const slug = splitName(name)?.slug;
  if (slug !== undefined && (await isNamespace(slug)))
    throw new Fault(
      'log-in',
      `The namespace ${slug} has an owner. Log in to push there, or drop it from the name.`,
    );
  return name;
}

/** Who has no account has no quota of their own, and can delete nothing. */
function explain(error: unknown): unknown {
  if (!isFault(error) || error.kind !== 'over-quota') return error;
  const sentence =
    'This push does not fit into the room for pushes without a token. Log in to use your own, or try again in some days.';
  return new Fault('over-quota', sentence, { cause: error });
}

/** Counts one push without a token, of whatever, against its address. @throws Fault `too-often`. */
export async function countAnonymousPush({ address }: Origin): Promise<void> {
  await countAgainst(LIMIT, networkOf(address ?? 'unknown'));
}

/**
 * A push without a token: to an un-namespaced name, public, for `ANONYMOUS_DAYS` days, on the quota that all such
 * pushes share (contract 5.1, docs/decisions/014). Counts one push of the address.
 * @throws Fault `too-often`.
 */
export async function anonymousPusher(origin: Origin): Promise<Pusher> {
  await countAnonymousPush(origin);
  const terms = { quotaBytes: env().ANONYMOUS_QUOTA_BYTES, retentionDays: ANONYMOUS_DAYS };
  return {
    namespaceId: await systemNamespaceId(ANONYMOUS, terms),
    namespace: ANONYMOUS,
    userId: null,
    resolveTarget: async (input) => ({ kind: 'anonymous', name: await anonymousName(input) }),
    explain,
  };
}
