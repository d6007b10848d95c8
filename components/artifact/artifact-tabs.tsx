import type { ArtifactPlace } from '#components/artifact-path.ts';
import { PageTabs } from '#components/list/page-tabs.tsx';
import { type ArtifactTab, paths } from '#components/paths.ts';

const TITLES: Record<ArtifactTab, string> = { overview: 'Overview', pulls: 'Pulls', settings: 'Settings' };
const OF_THE_OWNER: ArtifactTab[] = ['overview', 'pulls', 'settings'];
const OF_EVERYBODY: ArtifactTab[] = ['overview'];

interface ArtifactTabsProps {
  place: ArtifactPlace;
  isOwn: boolean;
  current: ArtifactTab;
}

/** The parts of an artifact's page, as far as the viewer may open them. */
export function ArtifactTabs({ place, isOwn, current }: ArtifactTabsProps) {
  const tabs = (isOwn ? OF_THE_OWNER : OF_EVERYBODY).map((tab) => ({
    id: tab,
    title: TITLES[tab],
    href: paths.artifact(place, tab),
  }));
  return <PageTabs label="Artifact" tabs={tabs} current={current} />;
}
