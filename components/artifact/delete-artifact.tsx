'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { paths } from '#components/paths.ts';
import { reportFailure, rpc } from '#components/rpc.ts';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { lossOf } from '#components/storage/artifact-table.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { ArtifactPage } from '#lib/artifacts/get-artifact-page.ts';

type Doomed = Pick<ArtifactPage, 'id' | 'name' | 'visibility' | 'sizeBytes' | 'documents'>;

/** Deletes an artifact from its own page, after a question, and leads back to the list. */
export function DeleteArtifact({ artifact }: { artifact: Doomed }) {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const title = titleOf(artifact);

  async function remove(): Promise<void> {
    setIsBusy(true);
    try {
      await rpc('artifact.delete', { id: artifact.id });
      showDone(`${title} was deleted.`);
      router.push(paths.storage());
    } catch (error) {
      setIsBusy(false);
      reportFailure(error);
    }
  }

  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border bg-raised px-4 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium wrap-anywhere">Delete {title}</p>
        <p className="text-13 text-text-2">{lossOf(artifact)}</p>
      </div>
      <Button className="text-danger" disabled={isBusy} onClick={() => setIsAsking(true)}>
        <Trash2 aria-hidden size={16} />
        Delete
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Delete ${title}?`}
        action="Delete"
        onConfirm={() => void remove()}
      >
        <p>{lossOf(artifact)}</p>
      </ConfirmDialog>
    </div>
  );
}
