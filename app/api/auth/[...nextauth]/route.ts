import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '#lib/auth/next-auth.ts';
import {
  broughtSession,
  failureResponse,
  pageOrigin,
  refuseBrokenJson,
  refuseForeignForm,
} from '#lib/http/page.ts';

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  const origin = await pageOrigin();
  const { requestId } = origin;
  const refusal = refuseForeignForm(request, requestId) ?? (await refuseBrokenJson(request, requestId));
  if (refusal) return refusal;
  const failures: unknown[] = [];
  const answer = await NextAuth(
    request,
    context,
    authOptions(origin, (error) => failures.push(error), await broughtSession()),
  );
  return failures.length === 0 ? answer : failureResponse(failures[0], requestId);
}

export { handle as GET, handle as POST };
