'use client';

import { BadgeCheck, Ellipsis, Gauge, KeyRound, UserRoundCheck, UserRoundX } from 'lucide-react';
import { IconButton } from '#components/ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import type { AccountRow } from '#lib/accounts/page.ts';

/** What can be done to an account. */
export interface UserActions {
  changeQuota(account: AccountRow): void;
  makeResetLink(account: AccountRow): void;
  verify(account: AccountRow): void;
  /** Asks first. */
  disable(account: AccountRow): void;
  enable(account: AccountRow): void;
}

interface UserMenuProps {
  account: AccountRow;
  /** It is the administrator's own. */
  isOwn: boolean;
  actions: UserActions;
}

/** Everything that an administrator can do to one account. */
export function UserMenu({ account, isOwn, actions }: UserMenuProps) {
  const { name, email, isVerified, isDisabled } = account;
  return (
    <Menu
      label={`Actions for ${name}`}
      align="end"
      trigger={<IconButton icon={Ellipsis} label={`More for ${name}`} />}
    >
      <MenuItem icon={Gauge} onSelect={() => actions.changeQuota(account)}>
        Change the space
      </MenuItem>
      {!isDisabled && (
        <MenuItem icon={KeyRound} onSelect={() => actions.makeResetLink(account)}>
          Make a link to a new password
        </MenuItem>
      )}
      {email && !isVerified && (
        <MenuItem icon={BadgeCheck} onSelect={() => actions.verify(account)}>
          Mark the e-mail as confirmed
        </MenuItem>
      )}
      {!isOwn && <MenuSeparator />}
      {!isOwn &&
        (isDisabled ? (
          <MenuItem icon={UserRoundCheck} onSelect={() => actions.enable(account)}>
            Enable
          </MenuItem>
        ) : (
          <MenuItem icon={UserRoundX} isDanger onSelect={() => actions.disable(account)}>
            Disable
          </MenuItem>
        ))}
    </Menu>
  );
}
