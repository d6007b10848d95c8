import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { type Answer, type Asked, type Double, json, sendBack, startDouble } from './doubles.ts';

type Claims = Record<string, unknown>;

/** What an issuer does wrong, until the test says something else. */
export interface Faults {
  /** In place of the right ones in its token. */
  claims?: Claims;
  /** In place of its answer at a path. */
  answers?: Record<string, Answer>;
  /** Its token is signed by another key. */
  isForged?: boolean;
}

/** An issuer that asks nobody anything, and does wrong what a test wants. */
export interface IssuerDouble extends Double {
  /** Of who is signed in there. */
  person: Claims;
  faults: Faults;
  lastAsked: URLSearchParams | null;
}

const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const HOUR = 3600;

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Starts an issuer for a client of this id. */
export async function startIssuerDouble(clientId: string, person: Claims): Promise<IssuerDouble> {
  const [own, other] = [keyPair(), keyPair()];
  const asked = new Map<string, URLSearchParams>();

  function token(query: URLSearchParams): string {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: issuer.url, aud: clientId, iat: now, exp: now + HOUR, nonce: query.get('nonce') };
    const claims = { ...usual, ...issuer.person, ...issuer.faults.claims };
    const text = `${part({ alg: 'RS256', kid: 'one' })}.${part(claims)}`;
    const { privateKey } = issuer.faults.isForged ? other : own;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  }

  function authorize({ query }: Asked): Answer {
    issuer.lastAsked = query;
    const code = randomUUID();
    asked.set(code, query);
    return sendBack(query, { code });
  }

  function exchange({ form }: Asked): Answer {
    const query = asked.get(form.get('code') ?? '');
    asked.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!query || query.get('code_challenge') !== proof) return json({ error: 'invalid_grant' }, 400);
    return json({ access_token: 'unused', token_type: 'Bearer', id_token: token(query) });
  }

  const discovery = () => ({
    issuer: issuer.url,
    authorization_endpoint: `${issuer.url}/authorize`,
    token_endpoint: `${issuer.url}/token`,
    jwks_uri: `${issuer.url}/keys`,
  });

  const double = await startDouble((request) => {
    const answer = issuer.faults.answers?.[request.path];
    if (answer !== undefined) return answer;
    if (request.path === '/authorize') return authorize(request);
    if (request.path === '/token') return exchange(request);
    if (request.path === '/keys')
      return json({
        keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }],
      });
    return json(discovery());
  });
  const issuer: IssuerDouble = { ...double, person, faults: {}, lastAsked: null };
  return issuer;
}
