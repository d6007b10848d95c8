import { FileBox, Layers } from 'lucide-react';
import Link from 'next/link';
import { paths } from '#components/paths.ts';
import { readBranding } from '#components/storage/branding.ts';
import { classes } from '#components/ui/classes.ts';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';

/** What an artifact is called on the pages; one without a name has its id. */
export function titleOf({ id, name }: Pick<ArtifactSummary, 'id' | 'name'>): string {
  return name ?? `Unnamed ${id}`;
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

/** The icon and the name of an artifact; where columns have left, what they said is below the name. */
export function ArtifactName({ artifact, line }: { artifact: Named; line: string | null }) {
  const title = titleOf(artifact);
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <ArtifactTile type={artifact.type} branding={artifact.branding} />
      <div className="min-w-0">
        {/* Not fetched ahead: a list would ask for every page on it. */}
        <Link
          href={paths.artifact(artifact)}
          prefetch={false}
          title={title}
          className="block font-medium hover:underline max-md:line-clamp-2 max-md:wrap-anywhere md:truncate"
        >
          {title}
        </Link>
        {line && <div className="hidden text-xs text-text-2 tabular-nums md:block xl:hidden">{line}</div>}
      </div>
    </div>
  );
}
