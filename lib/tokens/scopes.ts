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
