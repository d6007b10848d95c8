import { randomBytes } from 'node:crypto';
import { fromNewAddress } from '../web/support/address.ts';
import { query } from './database.ts';

/** A user that the clients act for. */
export interface SdkUser {
  name: string;
  password: string;
  token: string;
}

/** Calls a method and gives the `data` of its reply. @throws with the server's own sentence. */
async function call<T>(url: string, method: string, input: object, token?: string): Promise<T> {
  const response = await fetch(`${url}/v2/rpc/${method}`, {
    method: 'POST',
    // Each client has accounts of its own: more than one address may make in an hour.
    headers: {
      ...fromNewAddress(),
      'content-type': 'application/json',
      ...(token ? { authorization: `token ${token}` } : {}),
    },
    body: JSON.stringify(input),
  });
  const envelope = (await response.json()) as { data: T; readableMessage?: string };
  if (!response.ok) throw new Error(`${method}: ${envelope.readableMessage}`);
  return envelope.data;
}

/** Signs somebody up and makes a token. The first account of a server needs the code of its set-up link. */
export async function signUp(url: string, label: string, setupCode?: string): Promise<SdkUser> {
  const name = `${label}-${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await call(url, 'user.identity.signUp', { name, email: `${name}@example.org`, password, setupCode });
  const { token: session } = await call<{ token: string }>(url, 'user.identity.passwordLogin', {
    name,
    password,
  });
  const { token } = await call<{ token: string }>(url, 'user.pat.create', { name: 'sdk tests' }, session);
  return { name, password, token };
}

/** A token of `user`'s that was valid once; nobody can make one by the API, and no test may wait a day. */
export async function expiredToken(url: string, databaseUrl: string, user: SdkUser): Promise<string> {
  const made = await call<{ _id: string; token: string }>(
    url,
    'user.pat.create',
    { name: 'expired' },
    user.token,
  );
  const text = `UPDATE access_token SET expires_at = now() - interval '1 hour' WHERE id = $1`;
  await query(databaseUrl, text, [made._id]);
  return made.token;
}

/** What `admin user quota` does, which takes a process of its own for each of many users. */
export async function setQuota(databaseUrl: string, user: SdkUser, quotaBytes: number): Promise<void> {
  const text = `UPDATE namespace SET quota_bytes = $2 WHERE slug = $1`;
  await query(databaseUrl, text, [user.name, quotaBytes]);
}
