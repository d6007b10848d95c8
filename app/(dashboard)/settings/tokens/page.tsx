import type { Metadata } from 'next';
import type { SearchParams } from '#components/list-query.ts';
import { isNewToken, paths } from '#components/paths.ts';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';
import { TokensScreen } from '#components/settings/tokens-screen.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { systemClock } from '#lib/clock.ts';
import { serverAddress } from '#lib/http/page.ts';
import { listTokens } from '#lib/tokens/list.ts';

export const metadata: Metadata = { title: 'Tokens' };

async function TokensPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const isNew = isNewToken(await searchParams);
  const caller = await requireViewer(isNew ? paths.newToken() : paths.tokens());
  const tokens = await listTokens(caller.userId, systemClock);
  return (
    <SettingsFrame here={paths.tokens()}>
      <TokensScreen tokens={tokens} serverAddress={await serverAddress()} isNew={isNew} />
    </SettingsFrame>
  );
}

export default orFailureInShell(TokensPage);
