'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic, useState } from 'react';
import { Fingerprint } from '#components/fingerprint.tsx';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { RelativeTime } from '#components/ui/time.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { SigningKeySummary } from '#lib/signing-keys/list.ts';

const factColumns: Column<SigningKeySummary>[] = [
  {
    id: 'name',
    header: 'Name',
    cardPlace: 'title',
    className: 'md:py-1.5',
    cell: ({ name, kind }) => (
      <>
        <span title={name} className="block font-medium max-md:wrap-anywhere md:truncate">
          {name}
        </span>
        <span className="text-xs text-text-2">{kind}</span>
      </>
    ),
  },
  {
    id: 'fingerprint',
    header: 'Fingerprint',
    cardPlace: 'fact',
    className: 'md:w-48',
    cell: (key) => <Fingerprint {...key} />,
  },
  {
    id: 'added',
    header: 'Added',
    cardPlace: 'fact',
    className: 'text-text-2 md:w-32',
    cell: ({ createdAt }) => (
      <>
        <span className="md:hidden">added </span>
        <RelativeTime at={createdAt} />
      </>
    ),
  },
];

function actionsColumn(onRemove: (key: SigningKeySummary) => void): Column<SigningKeySummary> {
  return {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'md:w-34',
    cell: (key) => (
      <div className="flex items-center justify-end">
        <CopyButton text={key.pem} label={`Copy the public key ${key.name}`} />
        <Button variant="quiet" aria-label={`Remove ${key.name}`} onClick={() => onRemove(key)}>
          Remove
        </Button>
      </div>
    ),
  };
}

/** Removes keys; one that goes fades at once. */
function useRemove() {
  const router = useRouter();
  const [leaving, markLeaving] = useOptimistic<string[], string>([], (ids, id) => [...ids, id]);

  function remove({ id, name }: SigningKeySummary): void {
    startTransition(async () => {
      markLeaving(id);
      try {
        await rpc('signingKey.remove', { id });
        showDone(
          <>
            <Bdi>{name}</Bdi> was removed.
          </>,
        );
      } catch (error) {
        reportFailure(error);
      }
      startTransition(() => router.refresh());
    });
  }
  return { leaving, remove };
}

/** The keys whose signatures count. */
export function SigningKeyTable({ keys }: { keys: SigningKeySummary[] }) {
  const { leaving, remove } = useRemove();
  const [asked, setAsked] = useState<SigningKeySummary | null>(null);
  return (
    <>
      <Table
        label="Your signing keys"
        columns={[...factColumns, actionsColumn(setAsked)]}
        rows={keys}
        rowKey={({ id }) => id}
        isFading={({ id }) => leaving.includes(id)}
      />
      <ConfirmDialog
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        title={
          <>
            Remove <Bdi>{asked?.name ?? ''}</Bdi>?
          </>
        }
        action="Remove"
        onConfirm={() => asked && remove(asked)}
      >
        <p>Images that only this key signed are shown as untrusted, until you add it again.</p>
      </ConfirmDialog>
    </>
  );
}
