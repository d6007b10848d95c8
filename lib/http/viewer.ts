import { cookies } from 'next/headers';
import { authenticate } from '#lib/auth/authenticate.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { sessionCookieName } from '#lib/auth/session-cookie.ts';

/** Who looks at a page, by the cookie of this request; null when nobody is signed in. For server components. */
export async function currentViewer(): Promise<Caller | null> {
  const secret = (await cookies()).get(sessionCookieName())?.value;
  return secret ? authenticate(secret) : null;
}
