import type { Metadata } from 'next';
import { paths } from '#components/paths.ts';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';
import { SigningKeysScreen } from '#components/settings/signing-keys-screen.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { listSigningKeys } from '#lib/signing-keys/list.ts';

export const metadata: Metadata = { title: 'Signing keys' };

async function SigningKeysPage() {
  const caller = await requireViewer(paths.signingKeys());
  return (
    <SettingsFrame here={paths.signingKeys()}>
      <SigningKeysScreen keys={await listSigningKeys(caller.namespaceId)} />
    </SettingsFrame>
  );
}

export default orFailureInShell(SigningKeysPage);
