import { z } from 'zod';
import { EnvError } from '#lib/env-error.ts';

/** A provider that people may sign in by, as its variables say. */
export interface ProviderSettings {
  /** `github`, `google` or `oidc-<name>`: in the callback's URL and in the table `identity`. */
  key: string;
  kind: 'github' | 'oidc';
  /** What people call it. */
  title: string;
  clientId: string;
  clientSecret: string;
  /** GitHub: the URL of its pages. OIDC: the issuer, as its tokens name it. */
  url: string;
  /** GitHub's alone. */
  apiUrl?: string;
  /** Everybody whom it knows may make an account, whatever `SIGN_UP` says. */
  isOpen: boolean;
}

type Source = Record<string, string | undefined>;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const OIDC = /^OIDC_([A-Z0-9]+(?:_[A-Z0-9]+)*?)_(ISSUER|ID|SECRET|TITLE|SIGN_UP)$/;
const MAX_TITLE_LENGTH = 40;

/** The URL in a variable, without a slash at its end. @throws EnvError where secrets would travel in the clear. */
function providerUrl(source: Source, name: string, usual?: string): string {
  const given = source[name] ?? usual ?? '';
  const url = z.url({ protocol: /^https?$/ }).safeParse(given).success ? URL.parse(given) : null;
  const isSafe = url?.protocol === 'https:' || (url && LOOPBACK.has(url.hostname));
  if (!isSafe || url.search || url.hash)
    throw new EnvError(`${name} is "${given}"; allowed: an https URL, or http on this machine.`);
  return given.replace(/\/$/, '');
}

/** The id and the secret that belong together; null when neither is given. @throws EnvError for one alone. */
function clientOf(source: Source, prefix: string): { clientId: string; clientSecret: string } | null {
  const [clientId, clientSecret] = [source[`${prefix}_ID`], source[`${prefix}_SECRET`]];
  if (clientId && clientSecret) return { clientId, clientSecret };
  const missing = clientId ? `${prefix}_SECRET` : `${prefix}_ID`;
  if (!clientId && !clientSecret) return null;
  throw new EnvError(`${missing} is missing; ${prefix}_ID and ${prefix}_SECRET belong together.`);
}

function github(source: Source): ProviderSettings[] {
  const client = clientOf(source, 'GITHUB');
  if (!client) return [];
  const url = providerUrl(source, 'GITHUB_URL', 'https://github.com');
  const apiUrl = providerUrl(source, 'GITHUB_API_URL', 'https://api.github.com');
  return [{ key: 'github', kind: 'github', title: 'GitHub', ...client, url, apiUrl, isOpen: false }];
}

function google(source: Source): ProviderSettings[] {
  const client = clientOf(source, 'GOOGLE');
  if (!client) return [];
  const url = providerUrl(source, 'GOOGLE_ISSUER', 'https://accounts.google.com');
  return [{ key: 'google', kind: 'oidc', title: 'Google', ...client, url, isOpen: false }];
}

function oidc(source: Source, name: string): ProviderSettings {
  const prefix = `OIDC_${name}`;
  for (const part of ['ISSUER', 'ID', 'SECRET'])
    if (!source[`${prefix}_${part}`])
      throw new EnvError(
        `${prefix}_${part} is missing; ${prefix}_ISSUER, ${prefix}_ID and ${prefix}_SECRET belong together.`,
      );
  const signUp = source[`${prefix}_SIGN_UP`] ?? 'off';
  if (signUp !== 'on' && signUp !== 'off')
    throw new EnvError(`${prefix}_SIGN_UP is "${signUp}"; allowed: on or off.`);
  const words = name.toLowerCase().replaceAll('_', ' ');
  const title = source[`${prefix}_TITLE`] ?? `${words[0]?.toUpperCase()}${words.slice(1)}`;
  if (title.length > MAX_TITLE_LENGTH)
    throw new EnvError(`${prefix}_TITLE is "${title}"; allowed: ${MAX_TITLE_LENGTH} characters at most.`);
  return {
    key: `oidc-${name.toLowerCase().replaceAll('_', '-')}`,
    kind: 'oidc',
    title,
    clientId: source[`${prefix}_ID`] ?? '',
    clientSecret: source[`${prefix}_SECRET`] ?? '',
    url: providerUrl(source, `${prefix}_ISSUER`),
    isOpen: signUp === 'on',
  };
}

/**
 * The providers that the environment switches on, in the order of their buttons.
 * @throws EnvError for one of which a part is missing or wrong; no secret is in its words.
 */
export function parseProviders(source: Source): ProviderSettings[] {
  const names = Object.keys(source).flatMap((name) => OIDC.exec(name)?.[1] ?? []);
  return [
    ...github(source),
    ...google(source),
    ...[...new Set(names)].sort().map((name) => oidc(source, name)),
  ];
}
