'use client';

import { ChevronDown, Download, Globe, Terminal } from 'lucide-react';
import { useArtifactEdits } from '#components/artifact/use-artifact-edits.ts';
import { AccessMenu } from '#components/list/access-menu.tsx';
import type { Snippet } from '#components/snippets.ts';
import { ArtifactTile, titleOf } from '#components/storage/artifact-name.tsx';
import { download } from '#components/storage/use-artifact-changes.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { copyText } from '#components/ui/copy-button.tsx';
import { Menu, MenuItem, MenuLabel } from '#components/ui/menu.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { ArtifactPage } from '#lib/artifacts/get-artifact-page.ts';

type Shown = Pick<ArtifactPage, 'id' | 'namespace' | 'name' | 'type' | 'visibility' | 'branding' | 'isOwn'>;

function Access({ artifact }: { artifact: Shown }) {
  const { visibility, setAccess } = useArtifactEdits(artifact);
  if (artifact.isOwn)
    return <AccessMenu isWide title={titleOf(artifact)} value={visibility} onChange={setAccess} />;
  return (
    <span className="inline-flex h-8 items-center gap-1.5 text-accent">
      <Globe aria-hidden size={16} />
      Public
    </span>
  );
}

function PullMenu({ snippets }: { snippets: Snippet[] }) {
  async function copy({ title, code }: Snippet): Promise<void> {
    await copyText(code);
    showDone(`The lines for ${title} are copied.`);
  }
  return (
    <Menu
      label="Pull"
      trigger={
        <Button>
          <Terminal aria-hidden size={16} />
          Pull
          <ChevronDown aria-hidden size={14} className="text-text-3" />
        </Button>
      }
    >
      <MenuLabel>Copy the lines for</MenuLabel>
      {snippets.map((snippet) => (
        <MenuItem key={snippet.id} icon={Terminal} onSelect={() => void copy(snippet)}>
          {snippet.title}
        </MenuItem>
      ))}
    </Menu>
  );
}

interface ArtifactHeaderProps {
  artifact: Shown;
  snippets: Snippet[];
}

/** What an artifact is called, whose it is and who may pull it, and the ways to have it. */
export function ArtifactHeader({ artifact, snippets }: ArtifactHeaderProps) {
  const kind = artifact.type === 'documentArray' ? 'DocumentArray' : 'File';
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 md:flex-nowrap">
      <div className="flex min-w-0 items-center gap-3.5">
        <ArtifactTile isLarge type={artifact.type} branding={artifact.branding} />
        <div className="min-w-0">
          <h1 className="wrap-anywhere">
            <Bdi>{titleOf(artifact)}</Bdi>
          </h1>
          <div className="flex flex-wrap items-center gap-x-3">
            <Access artifact={artifact} />
            <span className="text-13 text-text-2">
              {kind} of <code className="font-mono">{artifact.namespace}</code>
            </span>
          </div>
        </div>
      </div>
      <div className="flex shrink-0 gap-2">
        <PullMenu snippets={snippets} />
        <Button onClick={() => void download(artifact)}>
          <Download aria-hidden size={16} />
          Download
        </Button>
      </div>
    </div>
  );
}
