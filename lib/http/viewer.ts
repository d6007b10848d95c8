import { cookies } from 'next/headers';
import { cache } from 'react';
import { authenticate } from '#lib/auth/authenticate.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { sessionCookieName } from '#lib/auth/session-cookie.ts';

/**
 * Who looks at a page, by the cookie of this request; null when nobody is signed in. For server components, which
 * ask once a request, however many of them want to know.
 */
export const currentViewer = cache(async (): Promise<Caller | null> => {
  const secret = (await cookies()).get(sessionCookieName())?.value;
  const caller = secret ? await authenticate(secret) : null;
  // What is for programs opens nothing in the cookie: a personal access token, which may be limited, or their session.
  return caller?.via === 'session' && !caller.isProgram ? caller : null;
});
