import type { Metadata } from 'next';
import { paths } from '#components/paths.ts';
import { SessionsScreen } from '#components/settings/sessions-screen.tsx';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { listSessions } from '#lib/sessions/list.ts';

export const metadata: Metadata = { title: 'Sessions' };

async function SessionsPage() {
  const caller = await requireViewer(paths.sessions());
  const sessions = await listSessions(caller, systemClock);
  const { SESSION_DAYS, SESSION_MAX_DAYS } = env();
  return (
    <SettingsFrame here={paths.sessions()}>
      <SessionsScreen sessions={sessions} idleDays={SESSION_DAYS} maxDays={SESSION_MAX_DAYS} />
    </SettingsFrame>
  );
}

export default orFailureInShell(SessionsPage);
