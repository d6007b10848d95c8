'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { startTransition, useState } from 'react';
import { reportFailure } from '#components/rpc.ts';
import { PurgeArtifacts } from '#components/storage/purge-artifacts.tsx';
import { purgeAll } from '#components/storage/use-trash-changes.tsx';
import { Button } from '#components/ui/button.tsx';
import type { TrashedArtifact } from '#lib/artifacts/trash.ts';

/** Deletes for good all that lies in the trash, once it was asked. */
export function EmptyTrashButton({ items }: { items: TrashedArtifact[] }) {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);

  async function empty(): Promise<void> {
    await purgeAll(items).catch(reportFailure);
    startTransition(() => router.refresh());
  }

  return (
    <>
      <Button variant="quiet" className="ml-auto text-danger!" onClick={() => setIsAsking(true)}>
        <Trash2 aria-hidden size={16} />
        Empty the trash
      </Button>
      <PurgeArtifacts
        artifacts={isAsking ? items : []}
        onClose={() => setIsAsking(false)}
        onConfirm={() => void empty()}
      />
    </>
  );
}
