import type { Metadata } from 'next';
import { paths } from '#components/paths.ts';
import { AppearanceScreen } from '#components/settings/appearance-screen.tsx';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';

export const metadata: Metadata = { title: 'Appearance' };

async function AppearancePage() {
  await requireViewer(paths.appearance());
  return (
    <SettingsFrame here={paths.appearance()}>
      <AppearanceScreen />
    </SettingsFrame>
  );
}

export default orFailureInShell(AppearancePage);
