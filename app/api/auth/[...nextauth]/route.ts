import type { NextRequest } from 'next/server';
import { paths } from '#components/paths.ts';
import { answerAuth } from '#lib/http/auth.ts';
import { pageOrigin, refuseBrokenJson, refuseForeignForm } from '#lib/http/page.ts';
import type { ProviderPages } from '#lib/http/provider-flow.ts';

const pages: ProviderPages = {
  problem: (problem, provider, flow) =>
    flow?.kind === 'link'
      ? paths.signInMethods({ problem, provider })
      : paths.loginProblem({ problem, provider, from: flow?.from, isAgain: flow?.kind === 'sign-in-again' }),
  newAccount: paths.newIdentity,
  linked: (linked) => paths.signInMethods({ linked }),
};

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  const origin = await pageOrigin();
  const { requestId } = origin;
  const refusal = refuseForeignForm(request, requestId) ?? (await refuseBrokenJson(request, requestId));
  return refusal ?? answerAuth({ request, context, origin, pages });
}

export { handle as GET, handle as POST };
