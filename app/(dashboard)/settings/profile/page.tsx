import type { Metadata } from 'next';
import { paths } from '#components/paths.ts';
import { ProfileScreen } from '#components/settings/profile-screen.tsx';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { hasPassword } from '#lib/accounts/change-password.ts';
import { shellFacts } from '#lib/accounts/shell-facts.ts';
import { hasMailServer } from '#lib/mail/server.ts';

export const metadata: Metadata = { title: 'Profile' };

async function ProfilePage() {
  const { userId, name, displayName, email, isEmailVerified } = await requireViewer(paths.profile());
  return (
    <SettingsFrame here={paths.profile()}>
      <ProfileScreen
        name={name}
        displayName={displayName}
        email={email}
        isVerified={isEmailVerified}
        hasMail={hasMailServer()}
        hasPassword={await hasPassword(userId)}
        avatar={(await shellFacts(userId)).avatar}
      />
    </SettingsFrame>
  );
}

export default orFailureInShell(ProfilePage);
