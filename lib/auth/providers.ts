import type { OAuthConfig, UserinfoEndpointHandler } from 'next-auth/providers/oauth';
import { readGithubClaims } from '#lib/auth/github-person.ts';
import { SECOND_MS, systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import type { ProviderSettings } from '#lib/env-providers.ts';
import { type ProviderPerson, toPerson } from '#lib/identities/person.ts';

/** A provider answers within a second or two, or is not there. */
const TIMEOUT_MS = 5_000;

type Claims = Record<string, unknown>;

/** Somebody who comes from a provider. */
export interface ProviderUser {
  person: ProviderPerson;
  /** Seconds since 1970 of when they last proved there who they are; null where the provider does not say. */
  authTime: number | null;
}

function toUser(key: string, claims: Claims): { id: string; arriving: ProviderUser } {
  const person = toPerson(key, claims);
  if (!person) throw new Error('the provider named no subject');
  const { auth_time: authTime } = claims;
  const arriving = { person, authTime: typeof authTime === 'number' ? authTime : null };
  return { id: person.subject, arriving };
}

/** How far a provider's clock may be ahead of ours. */
const CLOCK_TOLERANCE_SECONDS = 60;

/** The claims of the token, which was verified, and those that the provider gives only when it is asked. */
function readOidcClaims(issuer: string): UserinfoEndpointHandler['request'] {
  return async ({ client, tokens }) => {
    const { metadata } = client.issuer;
    // The discovery document is somebody's answer too: a token is checked against what it says.
    if (metadata.issuer.replace(/\/$/, '') !== issuer) throw new Error('unexpected issuer of the discovery');
    // next-auth gives the type of the library's set less than it is.
    const set = tokens as Exclude<Parameters<typeof client.userinfo>[0], string>;
    // The library looks at `exp` and `nbf` alone.
    const { iat } = set.claims();
    if (iat > systemClock.now().getTime() / SECOND_MS + CLOCK_TOLERANCE_SECONDS)
      throw new Error('the token was issued in the future');
    const more = metadata.userinfo_endpoint ? await client.userinfo(set) : {};
    return { ...more, ...set.claims() };
  };
}

function github(settings: ProviderSettings, more: Record<string, string>): OAuthConfig<Claims> {
  const { key, title, url, apiUrl = '', clientId, clientSecret } = settings;
  const params = { scope: 'read:user user:email', ...more };
  return {
    id: key,
    name: title,
    type: 'oauth',
    clientId,
    clientSecret,
    issuer: `${url}/login/oauth`,
    authorization: { url: `${url}/login/oauth/authorize`, params },
    token: `${url}/login/oauth/access_token`,
    userinfo: { request: ({ tokens }) => readGithubClaims(apiUrl, tokens.access_token) },
    checks: ['pkce', 'state'],
    httpOptions: { timeout: TIMEOUT_MS },
    profile: (claims) => toUser(key, claims),
  };
}

function oidc(settings: ProviderSettings, more: Record<string, string>): OAuthConfig<Claims> {
  const { key, title, url, clientId, clientSecret } = settings;
  return {
    id: key,
    name: title,
    type: 'oauth',
    clientId,
    clientSecret,
    wellKnown: `${url}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile', ...more } },
    idToken: true,
    userinfo: { request: readOidcClaims(url) },
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: TIMEOUT_MS },
    profile: (claims) => toUser(key, claims),
  };
}

/**
 * What makes a provider ask the person for their credentials again. GitHub and Google do not do that for others, they let
 * the person choose the account.
 */
function againParams(key: string): Record<string, string> {
  return key.startsWith('oidc-') ? { prompt: 'login', max_age: '0' } : { prompt: 'select_account' };
}

/**
 * The providers that are switched on, as next-auth wants them.
 * @param isAgain they are to ask for the person's credentials, whoever is signed in there.
 */
export function authProviders(isAgain: boolean): OAuthConfig<Claims>[] {
  return env().providers.map((settings) => {
    const more = isAgain ? againParams(settings.key) : {};
    return settings.kind === 'github' ? github(settings, more) : oidc(settings, more);
  });
}
