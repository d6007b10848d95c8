'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic, useState } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import { describeScopes } from '#components/settings/token-rights.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { TokenSummary } from '#lib/tokens/list.ts';

const factColumns: Column<TokenSummary>[] = [
  {
    id: 'name',
    header: 'Name',
    cardPlace: 'title',
    cell: ({ name }) => (
      <span title={name} className="block font-medium max-md:wrap-anywhere md:truncate">
        {name}
      </span>
    ),
  },
  {
    id: 'prefix',
    header: 'Begins with',
    cardPlace: 'fact',
    className: 'md:w-28',
    cell: ({ prefix }) => <code className="font-mono text-13 text-text-2">{prefix}…</code>,
  },
  {
    id: 'may',
    header: 'May',
    cardPlace: 'fact',
    className: 'text-text-2 md:w-44',
    cell: ({ scopes }) => (
      <>
        <span className="md:hidden">may </span>
        {describeScopes(scopes)}
      </>
    ),
  },
  {
    id: 'created',
    header: 'Created',
    cardPlace: 'away',
    className: 'text-text-2 max-xl:hidden xl:w-32',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
  {
    id: 'lastUsed',
    header: 'Last used',
    cardPlace: 'fact',
    className: 'text-text-2 md:w-36',
    cell: ({ lastUsedAt }) =>
      lastUsedAt ? (
        <>
          <span className="md:hidden">used </span>
          <RelativeTime at={lastUsedAt} />
        </>
      ) : (
        'never used'
      ),
  },
  {
    id: 'expires',
    header: 'Expires',
    cardPlace: 'fact',
    className: 'md:w-36',
    cell: ({ expiresAt }) => <EndTime at={expiresAt} endless="Never expires" />,
  },
];

function actionsColumn(onRevoke: (token: TokenSummary) => void): Column<TokenSummary> {
  return {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'text-right md:w-24',
    cell: (token) => (
      <Button variant="quiet" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
        Revoke
      </Button>
    ),
  };
}

/** The person's tokens. */
export function TokenTable({ tokens }: { tokens: TokenSummary[] }) {
  const router = useRouter();
  const [leaving, markLeaving] = useOptimistic<string[], string>([], (ids, id) => [...ids, id]);
  const [doomed, setDoomed] = useState<TokenSummary | null>(null);

  function revoke({ id, name }: TokenSummary): void {
    startTransition(async () => {
      markLeaving(id);
      try {
        await rpc('user.pat.delete', { id });
        showDone(
          <>
            <Bdi>{name}</Bdi> was revoked.
          </>,
        );
      } catch (error) {
        reportFailure(error);
      }
      startTransition(() => router.refresh());
    });
  }

  return (
    <>
      <Table
        label="Your tokens"
        columns={[...factColumns, actionsColumn(setDoomed)]}
        rows={tokens}
        rowKey={({ id }) => id}
        isFading={({ id }) => leaving.includes(id)}
      />
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={
          <>
            Revoke <Bdi>{doomed?.name ?? ''}</Bdi>?
          </>
        }
        action="Revoke"
        onConfirm={() => doomed && revoke(doomed)}
      >
        <p>
          What uses this token fails at its next request. This cannot be undone; you can create a new one.
        </p>
      </ConfirmDialog>
    </>
  );
}
