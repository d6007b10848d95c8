import type { ReactNode } from 'react';
import { AppShell } from '#components/shell/app-shell.tsx';
import { RAIL_COOKIE, RAIL_FOLDED } from '#components/shell/rail-cookie.ts';
import { NowProvider } from '#components/ui/now.tsx';
import { shellFacts } from '#lib/accounts/shell-facts.ts';
import { storageUsage } from '#lib/artifacts/usage.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { systemClock } from '#lib/clock.ts';
import { keptChoice } from '#lib/http/page.ts';

/** The shell around the pages of somebody who is signed in, with what it shows of them. */
export async function SignedInShell({ viewer, children }: { viewer: Caller; children: ReactNode }) {
  const [{ usedBytes, quotaBytes }, { deleteAt, avatar }] = await Promise.all([
    storageUsage(viewer.namespaceId),
    shellFacts(viewer.userId),
  ]);
  const { name, displayName, email, isAdmin } = viewer;
  const account = { name, displayName, email, isAdmin, avatar };
  const isRailFolded = (await keptChoice(RAIL_COOKIE)) === RAIL_FOLDED;
  return (
    <NowProvider serverNow={systemClock.now().getTime()}>
      <AppShell
        account={account}
        usedBytes={usedBytes}
        quotaBytes={quotaBytes}
        isRailFolded={isRailFolded}
        deleteAt={deleteAt}
      >
        {children}
      </AppShell>
    </NowProvider>
  );
}
