'use client';

import { ArrowRightLeft, Ellipsis, Lock, LockOpen, Plus, ShieldCheck, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { startTransition, useMemo, useState } from 'react';
import { TagDialog } from '#components/executor/tag-dialog.tsx';
import { executorPaths } from '#components/executor-paths.ts';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button, IconButton } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { RelativeTime } from '#components/ui/time.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { CommitChoice, ExecutorTag } from '#lib/executors/executor-page.ts';

interface Place {
  id: string;
  namespace: string;
  name: string;
  isOwn: boolean;
}

interface TagsTableProps {
  executor: Place;
  tags: ExecutorTag[];
  commits: CommitChoice[];
}

interface TagActions {
  protect: (tag: ExecutorTag) => void;
  move: (tag: ExecutorTag) => void;
  remove: (tag: ExecutorTag) => void;
}

function TagMenu({ tag, actions }: { tag: ExecutorTag; actions: TagActions }) {
  const { name, isProtected } = tag;
  return (
    <Menu
      label={`Actions for ${name}`}
      align="end"
      trigger={<IconButton icon={Ellipsis} label={`More for ${name}`} />}
    >
      {!isProtected && (
        <MenuItem icon={ArrowRightLeft} onSelect={() => actions.move(tag)}>
          Move to another push
        </MenuItem>
      )}
      <MenuItem icon={isProtected ? LockOpen : Lock} onSelect={() => actions.protect(tag)}>
        {isProtected ? 'Take the protection off' : 'Protect'}
      </MenuItem>
      {!isProtected && (
        <>
          <MenuSeparator />
          <MenuItem icon={Trash2} isDanger onSelect={() => actions.remove(tag)}>
            Delete
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

function tagColumns(executor: Place, actions: TagActions): Column<ExecutorTag>[] {
  const columns: Column<ExecutorTag>[] = [
    {
      id: 'tag',
      header: 'Tag',
      cardPlace: 'title',
      cell: ({ name, isProtected }) => (
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={executorPaths.executor(executor, { tag: name })}
            prefetch={false}
            className="min-w-0 truncate font-mono text-13 font-medium hover:underline"
          >
            {name}
          </Link>
          {isProtected && (
            <span className="inline-flex shrink-0 items-center gap-1 text-xs text-text-2">
              <ShieldCheck aria-hidden size={14} />
              Protected
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'commit',
      header: 'Push',
      cardPlace: 'fact',
      className: 'tabular-nums md:w-28',
      cell: ({ commitNumber }) => (
        <>
          <span className="md:hidden">push </span>#{commitNumber}
        </>
      ),
    },
    {
      id: 'moved',
      header: 'Moved',
      cardPlace: 'fact',
      className: 'text-text-2 tabular-nums md:w-36',
      cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
    },
  ];
  if (!executor.isOwn) return columns;
  return [
    ...columns,
    {
      id: 'actions',
      header: 'Actions',
      isHeaderHidden: true,
      cardPlace: 'side',
      className: 'flex justify-end md:w-12',
      cell: (tag) => <TagMenu tag={tag} actions={actions} />,
    },
  ];
}

/** Tags, one a row. */
export function TagsTable({ executor, tags, commits }: TagsTableProps) {
  const router = useRouter();
  const [doomed, setDoomed] = useState<ExecutorTag | null>(null);
  /** A tag that moves; `new` for one that is not there yet. */
  const [moving, setMoving] = useState<ExecutorTag | 'new' | null>(null);
  const { id } = executor;
  const actions = useMemo<TagActions>(
    () => ({
      move: setMoving,
      remove: setDoomed,
      protect: ({ name, isProtected }) =>
        startTransition(async () => {
          await rpc('executor.setTag', { id, tag: name, isProtected: !isProtected }).then(
            () =>
              showDone(isProtected ? `${name} can move again.` : `${name} stays where it is from now on.`),
            reportFailure,
          );
          router.refresh();
        }),
    }),
    [id, router],
  );
  const columns = useMemo(() => tagColumns(executor, actions), [executor, actions]);

  async function remove({ name }: ExecutorTag): Promise<void> {
    await rpc('executor.deleteTag', { id, tag: name }).then(
      () => showDone(`The tag ${name} is deleted.`),
      reportFailure,
    );
    startTransition(() => router.refresh());
  }

  return (
    <section aria-labelledby="tags">
      <div className="mb-2 flex min-h-8 items-center justify-between gap-4">
        <h2 id="tags">Tags</h2>
        {executor.isOwn && (
          <Button onClick={() => setMoving('new')}>
            <Plus aria-hidden size={16} />
            New tag
          </Button>
        )}
      </div>
      {tags.length === 0 ? (
        <p className="text-text-2">No tag points to any of its pushes. Who asks for none gets the newest.</p>
      ) : (
        <Table label="Tags" columns={columns} rows={tags} rowKey={({ name }) => name} />
      )}
      {moving && (
        <TagDialog
          id={id}
          tag={moving === 'new' ? null : moving}
          commits={commits}
          onClose={() => setMoving(null)}
        />
      )}
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={
          <>
            Delete the tag <Bdi>{doomed?.name ?? ''}</Bdi>?
          </>
        }
        action="Delete the tag"
        onConfirm={() => doomed && void remove(doomed)}
      >
        <p>Flows that ask for it fail from now on. The push that it points to stays.</p>
      </ConfirmDialog>
    </section>
  );
}
