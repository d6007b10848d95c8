'use client';

import { ArrowRight, Copy, Download, Ellipsis, Globe, Lock, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { paths } from '#components/paths.ts';
import { pullSnippet } from '#components/snippets.ts';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { KeepItems } from '#components/storage/keep-items.tsx';
import {
  type ArtifactActions,
  type ArtifactRow,
  download,
} from '#components/storage/use-artifact-changes.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { IconButton } from '#components/ui/button.tsx';
import { copyText } from '#components/ui/copy-button.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import { showDone } from '#components/ui/toast.tsx';

interface RowMenuProps {
  row: ArtifactRow;
  namespace: string;
  /** The longest that something may be kept, in days; null: for ever. */
  maxKeepDays: number | null;
  actions: ArtifactActions;
}

async function copyPullCode(namespace: string, name: string): Promise<void> {
  await copyText(pullSnippet(namespace, name));
  showDone(
    <>
      The code that pulls <Bdi>{name}</Bdi> was copied.
    </>,
  );
}

/** Everything that can be done to one artifact of the list. */
export function RowMenu({ row, namespace, maxKeepDays, actions }: RowMenuProps) {
  const router = useRouter();
  const { name } = row;
  const title = titleOf(row);
  const other = row.visibility === 'public' ? 'private' : 'public';
  return (
    <Menu
      label={`Actions for ${title}`}
      align="end"
      trigger={<IconButton icon={Ellipsis} label={`More for ${title}`} disabled={row.isLeaving} />}
    >
      <MenuItem icon={ArrowRight} onSelect={() => router.push(paths.artifact(row))}>
        Open
      </MenuItem>
      {name !== null && (
        <MenuItem icon={Copy} onSelect={() => void copyPullCode(namespace, name)}>
          Copy pull code
        </MenuItem>
      )}
      <MenuItem icon={Download} onSelect={() => void download(row)}>
        Download
      </MenuItem>
      <MenuItem icon={other === 'public' ? Globe : Lock} onSelect={() => actions.setAccess([row], other)}>
        Make {other}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Keep from now on</MenuLabel>
      <KeepItems maxDays={maxKeepDays} onKeep={(days) => actions.keep([row], days)} />
      <MenuSeparator />
      <MenuItem icon={Trash2} isDanger onSelect={() => actions.remove([row])}>
        Delete
      </MenuItem>
    </Menu>
  );
}
