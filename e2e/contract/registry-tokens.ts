import { type Reply, send } from './client.ts';

/** The query's part that says which registry is meant. */
export const SERVICE = 'service=groundstation-registry';

/** A scope of one repository, as engines ask for it. */
export const scopeOf = (id: string, actions = 'pull') => `repository:jinahub/${id}:${actions}`;

/** The header of Basic. */
export const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** Asks for a token by GET, with as many scopes. */
export function get(scopes: string[], headers: Record<string, string> = {}): Promise<Reply> {
  const query = [SERVICE, ...scopes.map((scope) => `scope=${encodeURIComponent(scope)}`)].join('&');
  return send({ path: `/registry/token?${query}`, headers });
}

/** Asks for one by POST, as OAuth 2 does. */
export function post(form: [string, string][], headers: Record<string, string> = {}): Promise<Reply> {
  const body = Buffer.from(new URLSearchParams(form).toString());
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return send({ method: 'POST', path: '/registry/token', headers: { ...type, ...headers }, body });
}

/** The body of an answer. */
export const json = (reply: Reply) => JSON.parse(reply.bytes.toString());

/** The header (0) or the claims (1) of a JWT. */
export const partOf = (token: string, index: number) =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString());
