'use client';

import type { Scope } from '#lib/tokens/scopes.ts';

interface Right {
  scope: Scope;
  title: string;
  help: string;
  /** In the list of tokens. */
  word: string;
}

/** What a token may do, in the words of the page. */
const RIGHTS: Right[] = [
  { scope: 'artifact:read', title: 'Pull', help: 'See and pull your private things', word: 'pull' },
  { scope: 'artifact:write', title: 'Push', help: 'Push, rename, restore, change access', word: 'push' },
  { scope: 'artifact:delete', title: 'Delete', help: 'Delete, also for good', word: 'delete' },
  {
    scope: 'token:manage',
    title: 'Tokens',
    help: 'Make, replace and revoke tokens; signing keys',
    word: 'tokens',
  },
];

export const ALL_RIGHTS: ReadonlySet<Scope> = new Set(RIGHTS.map(({ scope }) => scope));

/** The scopes that stand for these rights: none means everything, and what later versions add. */
export function scopesOf(rights: ReadonlySet<Scope>): Scope[] {
  return rights.size === ALL_RIGHTS.size ? [] : [...rights];
}

/** `pull, push`, or `everything`. */
export function describeScopes(scopes: string[]): string {
  if (scopes.length === 0) return 'everything';
  return scopes.map((scope) => RIGHTS.find((right) => right.scope === scope)?.word ?? scope).join(', ');
}

interface TokenRightsProps {
  rights: ReadonlySet<Scope>;
  onChange(rights: ReadonlySet<Scope>): void;
}

/** A box for each right; one has to be ticked. */
export function TokenRights({ rights, onChange }: TokenRightsProps) {
  const toggle = (scope: Scope) => {
    const next = new Set(rights);
    if (!next.delete(scope)) next.add(scope);
    onChange(next);
  };
  return (
    <fieldset className="md:col-span-full">
      <legend className="mb-1.5 text-13 font-medium">It may</legend>
      <div className="grid grid-cols-1 gap-2 sm:grid-cols-2 xl:grid-cols-4">
        {RIGHTS.map(({ scope, title, help }) => (
          <label key={scope} className="flex gap-2.5">
            <input
              type="checkbox"
              className="check mt-0.5"
              checked={rights.has(scope)}
              onChange={() => toggle(scope)}
            />
            <span>
              <span className="block font-medium">{title}</span>
              <span className="block text-13 text-text-2">{help}</span>
            </span>
          </label>
        ))}
      </div>
      {rights.size === 0 && <p className="mt-2 text-13 text-danger">Tick what it may do.</p>}
    </fieldset>
  );
}
