import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '#lib/auth/next-auth.ts';
import { pageOrigin, refuseBrokenJson } from '#lib/http/page.ts';

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  const origin = await pageOrigin();
  const refusal = await refuseBrokenJson(request, origin.requestId);
  return refusal ?? NextAuth(request, context, authOptions(origin));
}

export { handle as GET, handle as POST };
