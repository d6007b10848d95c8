import type { Metadata } from 'next';
import { paths } from '#components/paths.ts';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';
import { TokensScreen } from '#components/settings/tokens-screen.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { systemClock } from '#lib/clock.ts';
import { serverAddress } from '#lib/http/page.ts';
import { listTokens } from '#lib/tokens/list.ts';

export const metadata: Metadata = { title: 'Tokens' };

async function TokensPage() {
  const caller = await requireViewer(paths.tokens());
  const tokens = await listTokens(caller.userId, systemClock);
  return (
    <SettingsFrame>
      <TokensScreen tokens={tokens} serverAddress={await serverAddress()} />
    </SettingsFrame>
  );
}

export default orFailureInShell(TokensPage);
