import { Fault } from '#lib/errors.ts';

/** What a token may be limited to; a token without scopes may do all. */
export const SCOPES = [
  'artifact:read',
  'artifact:write',
  'artifact:delete',
  'executor:read',
  'executor:write',
  'executor:delete',
  'token:manage',
] as const;

export type Scope = (typeof SCOPES)[number];

/** Whether a text is one of the scopes. */
export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text);
}

/** Whether all that `scopes` let a token do is within `own`; no scopes mean everything. */
export function areScopesWithin(own: string[], scopes: string[]): boolean {
  return own.length === 0 || (scopes.length > 0 && scopes.every((scope) => own.includes(scope)));
}

/**
 * The scopes of a token that somebody with `own` scopes makes: what they ask for, or their own.
 * @throws Fault `invalid` for what is no scope, `not-allowed` for one that they lack themselves.
 */
export function scopesWithin(own: string[], wanted: string[]): string[] {
  const unknown = wanted.find((text) => !isScope(text));
  if (unknown !== undefined)
    throw new Fault('invalid', `scopes holds something that is no scope. There are ${SCOPES.join(', ')}.`);
  const wider = own.length > 0 && wanted.find((scope) => !own.includes(scope));
  if (wider)
    throw new Fault('not-allowed', `A token cannot make one that may do more; this one lacks ${wider}.`);
  return wanted.length > 0 ? [...new Set(wanted)] : own;
}
