'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { formatRelative } from '#components/ui/format.ts';
import { useNow } from '#components/ui/now.tsx';
import { showDone } from '#components/ui/toast.tsx';
import { useAsking } from '#components/use-asking.ts';
import type { CommitChoice, ExecutorTag } from '#lib/executors/executor-page.ts';

interface TagDialogProps {
  /** The Executor's. */
  id: string;
  /** The tag that moves; null: a new one. */
  tag: ExecutorTag | null;
  commits: CommitChoice[];
  onClose: () => void;
}

/** Makes a tag, or moves one to another push. */
export function TagDialog({ id, tag, commits, onClose }: TagDialogProps) {
  const router = useRouter();
  const now = useNow();
  const [name, setName] = useState(tag?.name ?? '');
  const [commit, setCommit] = useState(tag?.commitId ?? commits[0]?.id ?? '');
  const { problem, isBusy, ask } = useAsking();

  async function submit(): Promise<void> {
    await ask(async () => {
      await rpc('executor.setTag', { id, tag: name, commit });
      showDone(
        <>
          <Bdi>{name}</Bdi> points to push #{commits.find((one) => one.id === commit)?.number ?? ''} now.
        </>,
      );
      onClose();
      router.refresh();
    });
  }

  return (
    <FormDialog
      title={
        tag ? (
          <>
            Move <Bdi>{tag.name}</Bdi>
          </>
        ) : (
          'New tag'
        )
      }
      description="Who asks for this tag gets that push from then on."
      action={tag ? 'Move' : 'Make the tag'}
      isReady={!isBusy && name !== '' && commit !== tag?.commitId}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      {!tag && (
        <TextField
          label="Name"
          isMono
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={problem}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <SelectField
        label="Push"
        value={commit}
        onChange={(event) => setCommit(event.target.value)}
        error={tag ? problem : null}
        options={commits.map((one) => ({
          value: one.id,
          label: `#${one.number}, ${formatRelative(one.createdAt.getTime(), now)}`,
        }))}
      />
    </FormDialog>
  );
}
