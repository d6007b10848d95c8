import Link from 'next/link';
import type { ArtifactPlace } from '#components/artifact-path.ts';
import { type ArtifactTab, paths } from '#components/paths.ts';
import { classes } from '#components/ui/classes.ts';

const TITLES: Record<ArtifactTab, string> = { overview: 'Overview', pulls: 'Pulls', settings: 'Settings' };
const OF_THE_OWNER: ArtifactTab[] = ['overview', 'pulls', 'settings'];
const OF_EVERYBODY: ArtifactTab[] = ['overview'];

interface ArtifactTabsProps {
  place: ArtifactPlace;
  isOwn: boolean;
  current: ArtifactTab;
}

/** The parts of an artifact's page; each is a link with an address of its own. */
export function ArtifactTabs({ place, isOwn, current }: ArtifactTabsProps) {
  return (
    <nav
      aria-label="Artifact"
      className="mt-3 flex gap-5 overflow-x-auto border-b max-md:-mx-4 max-md:px-4 md:gap-6"
    >
      {(isOwn ? OF_THE_OWNER : OF_EVERYBODY).map((tab) => (
        <Link
          key={tab}
          href={paths.artifact(place, tab)}
          aria-current={tab === current ? 'page' : undefined}
          className={classes(
            '-mb-px flex h-10 items-center border-b-2 whitespace-nowrap -outline-offset-2 hover:text-text',
            tab === current ? 'border-accent font-medium text-text' : 'border-transparent text-text-2',
          )}
        >
          {TITLES[tab]}
        </Link>
      ))}
    </nav>
  );
}
