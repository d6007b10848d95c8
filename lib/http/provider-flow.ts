import type { NextRequest } from 'next/server';
import type { Arrival } from '#lib/auth/arrive.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import { FLOW_SECONDS, type ProviderFlow, sealFlow } from '#lib/auth/provider-flow.ts';
import type { ProviderProblem } from '#lib/auth/provider-problem.ts';
import {
  flowCookieName,
  hasSecureCookies,
  pendingCookieName,
  sessionCookieName,
  stateCookieName,
} from '#lib/auth/session-cookie.ts';
import { SECOND_MS, systemClock } from '#lib/clock.ts';
import { PENDING_MS } from '#lib/identities/pending.ts';

/** Where people go from here, as paths. */
export interface ProviderPages {
  /** To say what went wrong; `flow` is null where nobody knows what they began. */
  problem(problem: ProviderProblem, provider: string, flow: ProviderFlow | null): string;
  /** To choose a user name; `from` is where they were going. */
  newAccount(from: string): string;
  linked(provider: string): string;
}

function cookieText(name: string, value: string, seconds: number): string {
  const secure = hasSecureCookies() ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** What a page's button sends; null where somebody would link who is not signed in. */
export async function readFlowForm(request: NextRequest, provider: string): Promise<ProviderFlow | null> {
  const fields = await request
    .clone()
    .formData()
    .catch(() => new FormData());
  const wanted = fields.get('kind');
  const kind = wanted === 'link' || wanted === 'sign-in-again' ? wanted : 'sign-in';
  const secret = request.cookies.get(sessionCookieName())?.value;
  const caller = kind === 'link' && secret ? await authenticate(secret) : null;
  const isPerson = caller?.via === 'session' && !caller.isProgram;
  if (kind === 'link' && !isPerson) return null;
  const from = String(fields.get('from') ?? '/');
  return {
    kind,
    provider,
    from,
    sessionId: isPerson ? caller.credentialId : null,
    startedAt: systemClock.now().getTime(),
  };
}

function stateOf(answer: Response): string | undefined {
  const prefix = `${stateCookieName()}=`;
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith(prefix));
  return cookie && decodeURIComponent(cookie.slice(prefix.length).split(';')[0] ?? '');
}

/** The answer to the button: the address to go to, at the provider, or on our page that says what went wrong. */
export async function beginFlow(
  answer: Response | null,
  begun: { flow: ProviderFlow; problem: ProviderProblem } | null,
  pages: ProviderPages,
): Promise<Response> {
  if (!answer || !begun) return Response.json({ url: pages.problem('other-session', '', null) });
  const { flow, problem } = begun;
  const state = stateOf(answer);
  if (!state) return Response.json({ url: pages.problem(problem, flow.provider, flow) });
  const sealed = await sealFlow(flow, state);
  answer.headers.append('set-cookie', cookieText(flowCookieName(), sealed, FLOW_SECONDS));
  return answer;
}

function targetOf(arrival: Arrival, provider: string, flow: ProviderFlow | null, pages: ProviderPages) {
  if (arrival.kind === 'problem') return pages.problem(arrival.problem, provider, flow);
  if (arrival.kind === 'linked') return pages.linked(provider);
  return pages.newAccount(flow?.from ?? '/');
}

/** Sends somebody on who came back from a provider. `answer` is next-auth's, which has the session of a known one. */
export function answerArrival(
  answer: Response | null,
  { provider, flow, arrival }: { provider: string; flow: ProviderFlow | null; arrival: Arrival },
  pages: ProviderPages,
): Response {
  const headers = new Headers(answer?.headers);
  headers.set('cache-control', 'no-store');
  headers.append('set-cookie', cookieText(flowCookieName(), '', 0));
  if (arrival.kind !== 'known') headers.set('location', targetOf(arrival, provider, flow, pages));
  if (arrival.kind === 'new') {
    const seconds = PENDING_MS / SECOND_MS;
    headers.append('set-cookie', cookieText(pendingCookieName(), arrival.pendingSecret, seconds));
  }
  return new Response(null, { status: 302, headers });
}
