'use client';

import { ChevronsUpDown, Copy, KeyRound, LogOut, SunMoon, UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Avatar } from '#components/account/avatar.tsx';
import { signOut } from '#components/account/session.ts';
import { paths } from '#components/paths.ts';
import { copyText } from '#components/ui/copy-button.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import { showDone, showFailure } from '#components/ui/toast.tsx';

export interface Account {
  name: string;
  displayName: string | null;
  email: string | null;
  isAdmin: boolean;
  /** The SHA-256 of their picture. */
  avatar: string | null;
}

async function leave(): Promise<void> {
  const failure = await signOut();
  // A full load, so that nothing of the session stays in memory.
  if (failure) showFailure(failure, null);
  else location.assign(paths.login());
}

async function copyNamespace(name: string): Promise<void> {
  await copyText(name);
  showDone(`${name} was copied.`);
}

/** Who is signed in, the way to what is theirs, and the way out. */
export function AccountMenu({ account }: { account: Account }) {
  const router = useRouter();
  const shown = account.displayName ?? account.name;
  return (
    <Menu
      label="Account"
      trigger={
        <button
          type="button"
          className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover folded:justify-center folded:px-0"
        >
          <Avatar sha256={account.avatar} name={shown} className="size-6 text-11" />
          <span className="min-w-0 flex-1 truncate font-medium folded:sr-only">
            <span className="sr-only">Account: </span>
            {shown}
          </span>
          <ChevronsUpDown aria-hidden size={16} className="shrink-0 text-text-2 folded:hidden" />
        </button>
      }
    >
      <MenuLabel>
        <span className="block truncate font-medium text-text">{shown}</span>
        <span className="block truncate">{account.email ?? account.name}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuItem icon={UserRound} onSelect={() => router.push(paths.profile())}>
        Profile
      </MenuItem>
      <MenuItem icon={KeyRound} onSelect={() => router.push(paths.tokens())}>
        Tokens
      </MenuItem>
      <MenuItem icon={SunMoon} onSelect={() => router.push(paths.appearance())}>
        Appearance
      </MenuItem>
      <MenuItem icon={Copy} onSelect={() => void copyNamespace(account.name)}>
        Copy namespace
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
