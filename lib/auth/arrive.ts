import type { Origin } from '#lib/audit/record.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import type { ProviderFlow } from '#lib/auth/provider-flow.ts';
import type { ProviderProblem } from '#lib/auth/provider-problem.ts';
import type { ProviderUser } from '#lib/auth/providers.ts';
import { SECOND_MS, systemClock } from '#lib/clock.ts';
import { isFault } from '#lib/errors.ts';
import { findIdentity } from '#lib/identities/find.ts';
import { linkIdentity } from '#lib/identities/link.ts';
import { keepPending } from '#lib/identities/pending.ts';
import { providerSignUpRefusal } from '#lib/identities/sign-up.ts';

/** How far a provider's clock may be from ours; next-auth grants its tokens as much. */
const CLOCK_TOLERANCE_MS = 10 * SECOND_MS;

/** What comes of somebody who was at a provider. */
export type Arrival =
  | { kind: 'known'; userId: string }
  | { kind: 'new'; pendingSecret: string }
  | { kind: 'linked' }
  | { kind: 'problem'; problem: ProviderProblem };

interface ArriveOptions {
  user: ProviderUser;
  flow: ProviderFlow;
  /** The secret of the session that the browser has. */
  session: string | undefined;
  origin: Origin;
}

async function link({ user, flow, session, origin }: ArriveOptions): Promise<Arrival> {
  const caller = session ? await authenticate(session) : null;
  // Else somebody could make another's browser link an account of theirs.
  if (caller?.via !== 'session' || caller.isProgram || caller.credentialId !== flow.sessionId)
    return { kind: 'problem', problem: 'other-session' };
  try {
    await linkIdentity({ person: user.person, caller, origin, clock: systemClock });
    return { kind: 'linked' };
  } catch (error) {
    if (isFault(error) && error.kind === 'name-taken') return { kind: 'problem', problem: 'taken' };
    throw error;
  }
}

/** Whether the person has proved again who they are, where the provider can be asked for that. */
function isFresh({ user, flow }: ArriveOptions): boolean {
  if (flow.kind !== 'sign-in-again' || !flow.provider.startsWith('oidc-')) return true;
  return user.authTime !== null && user.authTime * SECOND_MS >= flow.startedAt - CLOCK_TOLERANCE_MS;
}

/** Decides what a provider's word leads to. A sign-in never links, and no e-mail address decides anything. */
export async function arrive(options: ArriveOptions): Promise<Arrival> {
  const { user, flow, origin } = options;
  const { person } = user;
  if (flow.kind === 'link') return link(options);
  if (!isFresh(options)) return { kind: 'problem', problem: 'not-again' };
  const found = await findIdentity({ person, origin, clock: systemClock });
  if (found.kind === 'known') return found;
  if (found.kind === 'disabled') return { kind: 'problem', problem: 'disabled' };
  if (flow.kind === 'sign-in-again') return { kind: 'problem', problem: 'no-account' };
  if (await providerSignUpRefusal(person.provider)) return { kind: 'problem', problem: 'sign-up' };
  return { kind: 'new', pendingSecret: await keepPending(person, systemClock) };
}
