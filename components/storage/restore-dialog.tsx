'use client';

import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import { rpc } from '#components/rpc.ts';
import { Title, titleOf } from '#components/storage/artifact-name.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
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

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
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
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content className="fixed top-1/2 left-1/2 z-30 w-[calc(100vw-32px)] max-w-md -translate-1/2 rounded-lg border border-line-firm bg-raised p-5 shadow-float">
          <Dialog.Title className="text-base font-semibold tracking-tight wrap-anywhere">
            Restore <Title of={artifact} /> under another name
          </Dialog.Title>
          <Dialog.Description className="mt-2 text-text-2">
            Another of your artifacts has this name by now. It stays as it is.
            {waiting > 0 &&
              ` ${formatCount(waiting)} more of those that you restore ${waiting === 1 ? 'has' : 'have'} such a name.`}
          </Dialog.Description>
          <form onSubmit={submit} className="mt-4 grid gap-5">
            <TextField
              label="New name"
              value={name}
              error={error}
              onChange={(event) => setName(event.target.value)}
            />
            <div className="flex justify-end gap-2">
              <Button onClick={onNext}>Leave it in the trash</Button>
              <Button type="submit" variant="primary" disabled={isBusy}>
                Restore
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
