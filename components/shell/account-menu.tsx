'use client';

import { ChevronsUpDown, LogOut } from 'lucide-react';
import { signOut } from '#components/account/session.ts';
import { paths } from '#components/paths.ts';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import { showFailure } from '#components/ui/toast.tsx';

export interface Account {
  name: string;
  displayName: string | null;
  email: string | null;
}

/** The first letters of the first two words. */
function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toUpperCase())
    .join('');
}

async function leave(): Promise<void> {
  const failure = await signOut();
  // A full load, so that nothing of the session stays in memory.
  if (failure) showFailure(failure, null);
  else location.assign(paths.login());
}

/** Who is signed in, and the way out. */
export function AccountMenu({ account }: { account: Account }) {
  const shown = account.displayName ?? account.name;
  return (
    <Menu
      label="Account"
      trigger={
        <button
          type="button"
          className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover md:max-wide:justify-center md:max-wide:px-0"
        >
          <span
            aria-hidden
            className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft text-11 font-semibold text-accent"
          >
            {initialsOf(shown)}
          </span>
          <span className="min-w-0 flex-1 truncate font-medium md:max-wide:sr-only">
            <span className="sr-only">Account: </span>
            {shown}
          </span>
          <ChevronsUpDown aria-hidden size={16} className="shrink-0 text-text-2 md:max-wide:hidden" />
        </button>
      }
    >
      <MenuLabel>
        <span className="block truncate font-medium text-text">{shown}</span>
        <span className="block truncate">{account.email ?? account.name}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
