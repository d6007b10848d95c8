import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '#lib/auth/next-auth.ts';
import { pageOrigin } from '#lib/http/page.ts';

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  return NextAuth(request, context, authOptions(await pageOrigin()));
}

export { handle as GET, handle as POST };
