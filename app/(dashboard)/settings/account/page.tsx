import type { Metadata } from 'next';
import { paths } from '#components/paths.ts';
import { AccountScreen } from '#components/settings/account-screen.tsx';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { hasPassword } from '#lib/accounts/change-password.ts';
import { holdingsOf } from '#lib/accounts/holdings.ts';
import { shellFacts } from '#lib/accounts/shell-facts.ts';

export const metadata: Metadata = { title: 'Account' };

async function AccountPage() {
  const caller = await requireViewer(paths.account());
  const [holdings, { deleteAt }, isByPassword] = await Promise.all([
    holdingsOf(caller),
    shellFacts(caller.userId),
    hasPassword(caller.userId),
  ]);
  return (
    <SettingsFrame here={paths.account()}>
      <AccountScreen name={caller.name} hasPassword={isByPassword} holdings={holdings} deleteAt={deleteAt} />
    </SettingsFrame>
  );
}

export default orFailureInShell(AccountPage);
