import { z } from 'zod';

/** GitHub answers within a second or two, or is not there. */
const TIMEOUT_MS = 5_000;

const user = z.object({ id: z.int(), login: z.string(), name: z.string().nullish() });
const emails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

async function read<T>(url: string, token: string, form: z.ZodType<T>): Promise<T> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
  });
  if (!response.ok) throw new Error(`expected 200 OK, got: ${response.status}`);
  return form.parse(await response.json());
}

/**
 * Who a token of GitHub's stands for, as the claims of an OIDC provider. The address is the primary one, and only when
 * GitHub has verified it; the one of the public profile proves nothing.
 * @throws Error when GitHub does not answer, or something else.
 */
export async function readGithubClaims(apiUrl: string, token: string | undefined) {
  if (!token) throw new Error('GitHub gave no access token');
  const { id, login, name } = await read(`${apiUrl}/user`, token, user);
  const primary = (await read(`${apiUrl}/user/emails`, token, emails)).find((one) => one.primary);
  return {
    sub: String(id),
    preferred_username: login,
    name: name ?? undefined,
    email: primary?.email,
    email_verified: primary?.verified === true,
  };
}
