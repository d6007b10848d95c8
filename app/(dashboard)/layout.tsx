import type { ReactNode } from 'react';
import { AppShell } from '#components/shell/app-shell.tsx';
import { orFailure } from '#components/shell/or-failure.tsx';
import { RAIL_COOKIE, RAIL_FOLDED } from '#components/shell/rail-cookie.ts';
import { NowProvider } from '#components/ui/now.tsx';
import { storageUsage } from '#lib/artifacts/usage.ts';
import { systemClock } from '#lib/clock.ts';
import { keptChoice } from '#lib/http/page.ts';
import { currentViewer } from '#lib/http/viewer.ts';

async function DashboardLayout({ children }: { children: ReactNode }) {
  const viewer = await currentViewer();
  // The page below sends such a person to sign in; it knows where they were going.
  if (!viewer) return children;
  const { usedBytes, quotaBytes } = await storageUsage(viewer.namespaceId);
  const account = { name: viewer.name, displayName: viewer.displayName, email: viewer.email };
  const isRailFolded = (await keptChoice(RAIL_COOKIE)) === RAIL_FOLDED;
  return (
    <NowProvider serverNow={systemClock.now().getTime()}>
      <AppShell account={account} usedBytes={usedBytes} quotaBytes={quotaBytes} isRailFolded={isRailFolded}>
        {children}
      </AppShell>
    </NowProvider>
  );
}

export default orFailure(DashboardLayout);
