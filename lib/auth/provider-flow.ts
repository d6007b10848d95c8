import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { derivedKey } from '#lib/auth/auth-secret.ts';
import { hashSecret } from '#lib/auth/secret.ts';

/** As long as next-auth's own cookies of a flow last. */
export const FLOW_SECONDS = 15 * 60;

const form = z.object({
  kind: z.enum(['sign-in', 'sign-in-again', 'link']),
  provider: z.string(),
  /** The path to return to. */
  from: z.string(),
  /** The session that began to link; null for a sign-in. */
  sessionId: z.string().nullable(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  /** SHA-256 of next-auth's state cookie of the same flow. */
  state: z.string(),
});

/** What a person began when they went to a provider. */
export type ProviderFlow = Omit<z.output<typeof form>, 'state'>;

function secret(): string {
  return derivedKey('provider flow').toString('hex');
}

function digest(stateCookie: string): string {
  return hashSecret(stateCookie).toString('base64url');
}

/** The cookie of a flow: encrypted, and good for the state that was made with it alone. */
export function sealFlow(flow: ProviderFlow, stateCookie: string): Promise<string> {
  return encode({ token: { ...flow, state: digest(stateCookie) }, secret: secret(), maxAge: FLOW_SECONDS });
}

/** Reads the cookie; null when it is none of ours, is over, or belongs to another state or provider. */
export async function openFlow(
  cookie: string | undefined,
  stateCookie: string | undefined,
  provider: string,
): Promise<ProviderFlow | null> {
  if (!cookie || !stateCookie) return null;
  const opened = form.safeParse(await decode({ token: cookie, secret: secret() }).catch(() => null));
  if (!opened.success) return null;
  const { state, ...flow } = opened.data;
  return flow.provider === provider && state === digest(stateCookie) ? flow : null;
}
