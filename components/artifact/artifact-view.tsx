import { ArtifactScreen } from '#components/artifact/artifact-screen.tsx';
import { OverviewTab } from '#components/artifact/overview-tab.tsx';
import { PullsTab } from '#components/artifact/pulls-tab.tsx';
import { SettingsTab } from '#components/artifact/settings-tab.tsx';
import { type ArtifactTab, paths, type SentView } from '#components/paths.ts';
import { GuestShell } from '#components/shell/guest-shell.tsx';
import type { ArtifactPage } from '#lib/artifacts/get-artifact-page.ts';
import { getPulls } from '#lib/artifacts/get-pulls.ts';
import { systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { serverAddress } from '#lib/http/page.ts';
import { currentViewer } from '#lib/http/viewer.ts';

interface ArtifactViewProps {
  artifact: ArtifactPage;
  query: { tab: ArtifactTab; view: SentView };
}

async function OpenPulls({ id }: { id: string }) {
  const caller = await currentViewer();
  return caller && <PullsTab pulls={await getPulls({ caller, ref: { id }, clock: systemClock })} />;
}

/** The artifact's page for whoever looks: what only its owner may open is the Overview for everybody else. */
export async function ArtifactView({ artifact, query }: ArtifactViewProps) {
  const { id, namespace, name, visibility, keepDays, sizeBytes, documents } = artifact;
  const tab = artifact.isOwn ? query.tab : 'overview';
  const address = await serverAddress();
  const screen = (
    <ArtifactScreen artifact={artifact} tab={tab} serverAddress={address}>
      {tab === 'overview' && <OverviewTab artifact={artifact} view={query.view} serverAddress={address} />}
      {tab === 'pulls' && <OpenPulls id={id} />}
      {tab === 'settings' && (
        <SettingsTab
          artifact={{ id, namespace, name, visibility, keepDays, sizeBytes, documents }}
          maxKeepDays={env().MAX_RETENTION_DAYS ?? null}
        />
      )}
    </ArtifactScreen>
  );
  if (await currentViewer()) return screen;
  return (
    <GuestShell serverNow={systemClock.now().getTime()} here={paths.artifact(artifact)}>
      {screen}
    </GuestShell>
  );
}
