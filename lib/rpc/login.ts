import { authenticate } from '#lib/auth/authenticate.ts';
import { type AskedLogin, askLogin } from '#lib/logins/ask.ts';
import { decideLogin } from '#lib/logins/decide.ts';
import { dropLogin, followLogin, type LoginOutcome } from '#lib/logins/follow.ts';
import { grantLogin } from '#lib/logins/grant.ts';
import { redirectTarget, requireReturnable } from '#lib/logins/redirect-target.ts';
import { userShape } from '#lib/rpc/identity.ts';
import type { CallContext, Result, StreamEvent, UserContext } from '#lib/rpc/method.ts';

const OVER = 'Nobody approved the login in time. Log in again.';
const STOPPING = 'The server restarts. Log in again in a moment.';
const DENIED = 'The login was denied in the browser.';

/** What the client is told at the end; it remembers the whole object of an approval for `grant.auto` (contract 2.2). */
function lastEvent(outcome: LoginOutcome, { state }: AskedLogin): StreamEvent {
  if (outcome.kind === 'approved') return { event: 'authorize', data: { code: outcome.code, state } };
  if (outcome.kind !== 'denied') return { event: 'error', data: outcome.kind === 'over' ? OVER : STOPPING };
  // Both keys must be there; as they are empty, it shows the description.
  const data = { code: '', state: '', error: 'access_denied', error_description: DENIED };
  return { event: 'authorize', data };
}

/** The page on which a person decides. */
function pageOf({ link }: AskedLogin, baseUrl: string): string {
  return `${baseUrl}/login/cli?request=${link}`;
}

async function* loginEvents(
  { origin, baseUrl }: CallContext,
  isFresh: boolean,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  const asked = await askLogin({ origin, isFresh });
  try {
    yield { event: 'redirect', data: { redirectTo: pageOf(asked, baseUrl) } };
    yield lastEvent(await followLogin(asked, signal), asked);
  } finally {
    await dropLogin(asked);
  }
}

/** `user.identity.proxiedAuthorize`: contract 2.2. Whatever goes wrong is an event as well: a status is not understood. */
export async function proxiedAuthorize(
  context: CallContext,
  { prompt }: { prompt?: string },
): Promise<Result> {
  return {
    kind: 'events',
    events: (signal) => loginEvents(context, prompt === 'login', signal),
    failure: (sentence) => ({ event: 'error', data: sentence }),
  };
}

interface AuthorizeInput {
  redirectUri?: string;
  redirect_uri?: string;
  response_mode?: 'query' | 'form_post';
  state?: string;
  prompt?: string;
}

/** `user.identity.authorize`: contract 2.4. The code goes to the program's own address, by the person's browser. */
export async function authorize({ origin, baseUrl }: CallContext, input: AuthorizeInput): Promise<Result> {
  const uri = redirectTarget(input.redirectUri ?? input.redirect_uri ?? '');
  requireReturnable(input.state);
  const redirect = { uri, sendsForm: input.response_mode !== 'query', state: input.state };
  const asked = await askLogin({ origin, isFresh: input.prompt === 'login', redirect });
  return { kind: 'value', data: { redirectTo: pageOf(asked, baseUrl) } };
}

/** `user.identity.grant.auto` and `grant.auth0Unified`, which differ in the clients that call them: contract 2.3, 2.4. */
export async function grantAuto(
  { origin, clock, baseUrl }: CallContext,
  { code, state }: { code: string; state: string },
): Promise<Result> {
  const { token } = await grantLogin({ code, state, origin, clock });
  const caller = await authenticate(token);
  return { kind: 'value', data: { token, user: caller && userShape(caller, baseUrl) } };
}

interface DecideInput {
  request: string;
  isApproved: boolean;
}

/** `user.login.decide`: ours; what the page of a program's login calls. */
export async function decide({ caller, origin }: UserContext, input: DecideInput): Promise<Result> {
  const delivery = await decideLogin({
    link: input.request,
    isApproved: input.isApproved,
    caller,
    origin,
  });
  return { kind: 'value', data: delivery };
}
