import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import type { Origin } from '#lib/audit/record.ts';
import type { Arrival } from '#lib/auth/arrive.ts';
import { type AuthRequest, answering, authOptions } from '#lib/auth/next-auth.ts';
import { openFlow, type ProviderFlow } from '#lib/auth/provider-flow.ts';
import { type ProviderProblem, providerProblem } from '#lib/auth/provider-problem.ts';
import {
  flowCookieName,
  pendingCookieName,
  sessionCookieName,
  stateCookieName,
} from '#lib/auth/session-cookie.ts';
import { env } from '#lib/env.ts';
import { failureResponse } from '#lib/http/page.ts';
import { answerArrival, beginFlow, type ProviderPages, readFlowForm } from '#lib/http/provider-flow.ts';

interface AuthCall {
  request: NextRequest;
  context: { params: Promise<{ nextauth: string[] }> };
  origin: Origin;
  pages: ProviderPages;
}

/** next-auth's answer, and what it kept to itself. */
interface Heard {
  answer: Response;
  failures: unknown[];
  arrival: Arrival | null;
  problem: ProviderProblem | null;
}

async function ask({ request, context, origin }: AuthCall, flow?: ProviderFlow): Promise<Heard> {
  const heard: Omit<Heard, 'answer'> = { failures: [], arrival: null, problem: null };
  const authRequest: AuthRequest = {
    origin,
    session: request.cookies.get(sessionCookieName())?.value,
    pending: request.cookies.get(pendingCookieName())?.value,
    flow,
    onFailure: (error) => heard.failures.push(error),
    onArrival: (arrival) => {
      heard.arrival = arrival;
    },
    onError: (detail) => {
      heard.problem ??= providerProblem(detail);
    },
  };
  const answer = await answering<Response>(authRequest, () =>
    NextAuth(request, context, authOptions(authRequest)),
  );
  return { ...heard, answer };
}

/** Somebody goes to a provider. */
async function begin(call: AuthCall, provider: string): Promise<Response> {
  const flow = await readFlowForm(call.request, provider);
  if (!flow) return beginFlow(null, null, call.pages);
  const { answer, problem } = await ask(call, flow);
  return beginFlow(answer, { flow, problem: problem ?? 'expired' }, call.pages);
}

/** Somebody comes back from a provider. */
async function finish(call: AuthCall, provider: string): Promise<Response> {
  const { cookies, nextUrl } = call.request;
  const state = cookies.get(stateCookieName())?.value;
  const flow = await openFlow(cookies.get(flowCookieName())?.value, state, provider);
  const said = nextUrl.searchParams.get('error');
  const own = said === null ? null : said === 'access_denied' ? ('denied' as const) : ('refused' as const);
  if (!flow || own) {
    const arrival: Arrival = { kind: 'problem', problem: own ?? 'expired' };
    return answerArrival(null, { provider, flow, arrival }, call.pages);
  }
  const { answer, failures, arrival, problem } = await ask(call, flow);
  const failure: Arrival = {
    kind: 'problem',
    problem: failures.length > 0 ? 'failed' : (problem ?? 'strange'),
  };
  return answerArrival(
    answer,
    { provider, flow, arrival: failures.length > 0 ? failure : (arrival ?? failure) },
    call.pages,
  );
}

/** Answers what is next-auth's: forms, and the ways to a provider and back. */
export async function answerAuth(call: AuthCall): Promise<Response> {
  const [action, key = ''] = (await call.context.params).nextauth;
  const isProvider = env().providers.some((provider) => provider.key === key);
  if (isProvider && action === 'signin' && call.request.method === 'POST') return begin(call, key);
  if (isProvider && action === 'callback') return finish(call, key);
  const { answer, failures } = await ask(call);
  return failures.length === 0 ? answer : failureResponse(failures[0], call.origin.requestId);
}
