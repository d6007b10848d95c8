import type { Metadata } from 'next';
import { paths } from '#components/paths.ts';
import { ProfileScreen } from '#components/settings/profile-screen.tsx';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { hasPassword } from '#lib/accounts/change-password.ts';

export const metadata: Metadata = { title: 'Profile' };

async function ProfilePage() {
  const { userId, name, displayName, email } = await requireViewer(paths.profile());
  return (
    <SettingsFrame here={paths.profile()}>
      <ProfileScreen
        name={name}
        displayName={displayName}
        email={email}
        hasPassword={await hasPassword(userId)}
      />
    </SettingsFrame>
  );
}

export default orFailureInShell(ProfilePage);
