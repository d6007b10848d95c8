/** Where next-auth answers. */
const AUTH = '/api/auth';

const UNREACHABLE = 'The server does not answer. Check your connection and try again.';
const FAILED = 'The server failed. Try again in a moment.';

/** Asks next-auth for `action`; its client would do the same with a provider list and a context that we do not use. */
async function ask(action: string, fields: Record<string, string>): Promise<Response> {
  const response = await fetch(`${AUTH}/csrf`);
  const { csrfToken }: { csrfToken: string } = await response.json();
  const body = new URLSearchParams({ ...fields, csrfToken, json: 'true' });
  return fetch(`${AUTH}/${action}`, { method: 'POST', body });
}

/** The sentence of a refused sign-in, which next-auth puts into an address. */
async function refusalOf(response: Response): Promise<string> {
  const { url }: { url?: string } = await response.json().catch(() => ({}));
  return (url && URL.parse(url)?.searchParams.get('error')) || FAILED;
}

/** Signs in; gives the sentence that says why it failed, or null. `login` is a user name or an e-mail address. */
export async function signIn(login: string, password: string): Promise<string | null> {
  try {
    const response = await ask('callback/credentials', { login, password });
    return response.ok ? null : await refusalOf(response);
  } catch {
    return UNREACHABLE;
  }
}

/** What a person goes to a provider for. */
export type ProviderErrand = 'sign-in' | 'sign-in-again' | 'link';

/**
 * Goes to a provider; `from` is a path of this server to return to. Gives the sentence that says why that failed, or null
 * when the browser is on its way.
 */
export async function goToProvider(key: string, kind: ProviderErrand, from: string): Promise<string | null> {
  try {
    const response = await ask(`signin/${encodeURIComponent(key)}`, { kind, from });
    const { url }: { url?: string } = await response.json();
    if (!response.ok || !url) return FAILED;
    // Not by a form: the policy of our pages lets none lead elsewhere.
    location.assign(url);
    return null;
  } catch {
    return UNREACHABLE;
  }
}

/** Makes the account of somebody whom a provider has sent, and signs in; gives the sentence why not, or null. */
export async function makeProviderAccount(name: string, displayName: string): Promise<string | null> {
  try {
    const response = await ask('callback/new-account', { name, displayName });
    return response.ok ? null : await refusalOf(response);
  } catch {
    return UNREACHABLE;
  }
}

/** Ends the session; gives the sentence that says why it failed, or null. */
export async function signOut(): Promise<string | null> {
  try {
    const response = await ask('signout', {});
    return response.ok ? null : FAILED;
  } catch {
    return UNREACHABLE;
  }
}
