'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { paths } from '#components/paths.ts';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Title } from '#components/storage/artifact-name.tsx';
import { Button } from '#components/ui/button.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { ArtifactPage } from '#lib/artifacts/get-artifact-page.ts';

type Doomed = Pick<ArtifactPage, 'id' | 'name' | 'visibility'>;

/** Moves an artifact to the trash from its own page, and leads back to the list; the toast brings it back. */
export function DeleteArtifact({ artifact }: { artifact: Doomed }) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const who = artifact.visibility === 'public' ? 'Nobody can' : 'You cannot';

  function undo(): void {
    rpc('artifact.restore', { id: artifact.id }).then(() => router.refresh(), reportFailure);
  }

  async function remove(): Promise<void> {
    setIsBusy(true);
    try {
      await rpc('artifact.delete', { id: artifact.id });
      showDone(
        <>
          <Title of={artifact} /> is in the trash.
        </>,
        undo,
      );
      router.push(paths.storage());
    } catch (error) {
      setIsBusy(false);
      reportFailure(error);
    }
  }

  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border bg-raised px-4 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium wrap-anywhere">
          Delete <Title of={artifact} />
        </p>
        <p className="text-13 text-text-2">
          It moves to the trash with all its versions, takes no space there, and is gone for good after seven
          days. {who} pull it meanwhile.
        </p>
      </div>
      <Button className="text-danger" disabled={isBusy} onClick={() => void remove()}>
        <Trash2 aria-hidden size={16} />
        Delete
      </Button>
    </div>
  );
}
