import { FileBox, Layers } from 'lucide-react';
import { readBranding } from '#components/storage/branding.ts';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';

/** What an artifact is called on the pages; one without a name has its id. */
export function titleOf({ id, name }: Pick<ArtifactSummary, 'id' | 'name'>): string {
  return name ?? `Unnamed ${id}`;
}

function Tile({ type, branding }: Pick<ArtifactSummary, 'type' | 'branding'>) {
  const { icon, background } = readBranding(branding);
  const Fallback = type === 'documentArray' ? Layers : FileBox;
  return (
    <span
      aria-hidden
      className="grid size-6 shrink-0 place-items-center overflow-hidden rounded-md border text-13 leading-none text-text-2"
      style={background ? { backgroundColor: background, borderColor: 'transparent' } : undefined}
    >
      {icon ?? <Fallback size={14} />}
    </span>
  );
}

type Named = Pick<ArtifactSummary, 'id' | 'name' | 'type' | 'branding'>;

/** The icon and the name of an artifact; where columns have left, what they said is below the name. */
export function ArtifactName({ artifact, line }: { artifact: Named; line: string | null }) {
  const title = titleOf(artifact);
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <Tile type={artifact.type} branding={artifact.branding} />
      <div className="min-w-0">
        <div title={title} className="font-medium max-md:line-clamp-2 max-md:wrap-anywhere md:truncate">
          {title}
        </div>
        {line && <div className="hidden text-xs text-text-2 tabular-nums md:block xl:hidden">{line}</div>}
      </div>
    </div>
  );
}
