'use client';

import { ArrowRight, Copy, Ellipsis, Globe, Lock, ScrollText, Tags, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { executorPaths } from '#components/executor-paths.ts';
import { executorUri } from '#components/executor-snippets.ts';
import type { ExecutorActions, ExecutorRow } from '#components/executors/use-executor-changes.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { IconButton } from '#components/ui/button.tsx';
import { copyText } from '#components/ui/copy-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { showDone } from '#components/ui/toast.tsx';

interface ExecutorRowMenuProps {
  row: ExecutorRow;
  actions: ExecutorActions;
}

async function copyUri(row: ExecutorRow): Promise<void> {
  await copyText(executorUri(row));
  showDone(
    <>
      What a Flow calls <Bdi>{row.name}</Bdi> was copied.
    </>,
  );
}

/** Everything that can be done to one Executor of the list. */
export function ExecutorRowMenu({ row, actions }: ExecutorRowMenuProps) {
  const router = useRouter();
  const other = row.visibility === 'public' ? 'private' : 'public';
  const go = (tab?: 'tags' | 'pushes') => router.push(executorPaths.executor(row, { tab }));
  return (
    <Menu
      label={`Actions for ${row.name}`}
      align="end"
      trigger={<IconButton icon={Ellipsis} label={`More for ${row.name}`} disabled={row.isLeaving} />}
    >
      <MenuItem icon={ArrowRight} onSelect={() => go()}>
        Open
      </MenuItem>
      <MenuItem icon={Copy} onSelect={() => void copyUri(row)}>
        Copy its address for a Flow
      </MenuItem>
      <MenuItem icon={Tags} onSelect={() => go('tags')}>
        Tags
      </MenuItem>
      <MenuItem icon={ScrollText} onSelect={() => go('pushes')}>
        Pushes
      </MenuItem>
      <MenuItem icon={other === 'public' ? Globe : Lock} onSelect={() => actions.setAccess([row], other)}>
        Make {other}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} isDanger onSelect={() => actions.remove([row])}>
        Delete
      </MenuItem>
    </Menu>
  );
}
