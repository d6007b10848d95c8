'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { rpc } from '#components/rpc.ts';
import { Title, titleOf } from '#components/storage/artifact-name.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { TextField } from '#components/ui/field.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { formatCount } from '#components/ui/format.ts';
import { showDone } from '#components/ui/toast.tsx';
import type { TrashedArtifact } from '#lib/artifacts/trash.ts';

interface RestoreDialogProps {
  artifact: TrashedArtifact;
  /** How many others wait for a name after this one. */
  waiting: number;
  /** This one is restored, or stays in the trash. */
  onNext: () => void;
  /** All of them stay in the trash. */
  onClose: () => void;
}

/** Asks for another name when the old one is taken again. */
export function RestoreDialog({ artifact, waiting, onNext, onClose }: RestoreDialogProps) {
  const router = useRouter();
  const [name, setName] = useState(`${titleOf(artifact)}-restored`);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(): Promise<void> {
    setIsBusy(true);
    try {
      // With its namespace, or a name with a slash could be taken for one of another's.
      const wanted = `${artifact.namespace}/${name}`;
      const restored = await rpc<{ name: string }>('artifact.restore', { id: artifact.id, name: wanted });
      showDone(
        <>
          <Bdi>{restored.name}</Bdi> is back.
        </>,
      );
      onNext();
      router.refresh();
    } catch (failure) {
      setError((failure as Error).message);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <FormDialog
      title={
        <>
          Restore <Title of={artifact} /> under another name
        </>
      }
      description={
        <>
          Another of your artifacts has this name by now. It stays as it is.
          {waiting > 0 &&
            ` ${formatCount(waiting)} more of those that you restore ${waiting === 1 ? 'has' : 'have'} such a name.`}
        </>
      }
      action="Restore"
      safe="Leave it in the trash"
      isReady={!isBusy}
      onSafe={onNext}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <TextField
        label="New name"
        value={name}
        error={error}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
