import { FileBox, Layers } from 'lucide-react';
import Link from 'next/link';
import { readBranding } from '#components/storage/branding.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { classes } from '#components/ui/classes.ts';
import { formatCount } from '#components/ui/format.ts';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';

/** What an artifact is called on the pages; one without a name has its id. */
export function titleOf({ id, name }: Pick<ArtifactSummary, 'id' | 'name'>): string {
  return name ?? `Unnamed ${id}`;
}

/** The same inside a sentence, whose direction it cannot turn. */
export function Title({ of }: { of: Pick<ArtifactSummary, 'id' | 'name'> }) {
  return <Bdi>{titleOf(of)}</Bdi>;
}

/** Such as "1 artifact is" or "3 artifacts are". */
export function artifactsAre(count: number): string {
  return count === 1 ? '1 artifact is' : `${formatCount(count)} artifacts are`;
}

interface TileProps extends Pick<ArtifactSummary, 'type' | 'branding'> {
  isLarge?: boolean;
}

/** An artifact's icon on its colour. */
export function ArtifactTile({ type, branding, isLarge }: TileProps) {
  const { icon, background } = readBranding(branding);
  const Fallback = type === 'documentArray' ? Layers : FileBox;
  return (
    <span
      aria-hidden
      className={classes(
        'grid shrink-0 place-items-center overflow-hidden border leading-none text-text-2',
        isLarge ? 'size-12 rounded-lg text-[26px]' : 'size-6 rounded-md text-13',
      )}
      style={background ? { backgroundColor: background, borderColor: 'transparent' } : undefined}
    >
      {icon ?? <Fallback size={isLarge ? 24 : 14} />}
    </span>
  );
}

type Named = Pick<ArtifactSummary, 'id' | 'name' | 'type' | 'branding'>;

interface ArtifactNameProps {
  artifact: Named;
  /** What columns said that have left: it stands below the name. */
  line: string | null;
  /** Its page, where it has one. */
  href: string | null;
}

const NAME = 'block font-medium max-md:line-clamp-2 max-md:wrap-anywhere md:truncate';

/** The icon and the name of an artifact. */
export function ArtifactName({ artifact, line, href }: ArtifactNameProps) {
  const title = titleOf(artifact);
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <ArtifactTile type={artifact.type} branding={artifact.branding} />
      <div className="min-w-0">
        {href ? (
          // Not fetched ahead: a list would ask for every page on it.
          <Link href={href} prefetch={false} title={title} className={`${NAME} hover:underline`}>
            {title}
          </Link>
        ) : (
          <div title={title} className={NAME}>
            {title}
          </div>
        )}
        {line && <div className="hidden text-xs text-text-2 tabular-nums md:block xl:hidden">{line}</div>}
      </div>
    </div>
  );
}
