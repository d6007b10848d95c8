'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { OpenInvitation } from '#lib/invitations/list.ts';

const MAIL = {
  none: 'Link handed over',
  waiting: 'Mail not sent yet',
  sent: 'Mail sent',
  failed: 'Mail failed',
};

const whoOf = ({ email }: OpenInvitation) => email ?? 'Whoever has the link';

const factColumns: Column<OpenInvitation>[] = [
  {
    id: 'who',
    header: 'For',
    cardPlace: 'title',
    cell: (one) => (
      <span title={whoOf(one)} className="block font-medium max-md:wrap-anywhere md:truncate">
        {whoOf(one)}
      </span>
    ),
  },
  {
    id: 'mail',
    header: 'How',
    cardPlace: 'fact',
    className: 'md:w-40',
    cell: ({ mail }) => (
      <span className={mail === 'failed' ? 'text-danger' : 'text-text-2'}>{MAIL[mail]}</span>
    ),
  },
  {
    id: 'by',
    header: 'By',
    cardPlace: 'fact',
    className: 'text-text-2 md:max-xl:hidden xl:w-36',
    cell: ({ createdBy }) => (
      <>
        <span className="md:hidden">by </span>
        {createdBy ?? 'the command line'}
      </>
    ),
  },
  {
    id: 'created',
    header: 'Made',
    cardPlace: 'away',
    className: 'text-text-2 max-xl:hidden xl:w-32',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
  {
    id: 'ends',
    header: 'Ends',
    cardPlace: 'fact',
    className: 'md:w-32',
    cell: ({ expiresAt }) => <EndTime at={expiresAt} endless="Never" />,
  },
];

/** The invitations that nobody has taken; each can be taken back here. */
export function InvitationTable({ invitations }: { invitations: OpenInvitation[] }) {
  const router = useRouter();
  const [leaving, markLeaving] = useOptimistic<string[], string>([], (ids, id) => [...ids, id]);

  function revoke({ id }: OpenInvitation): void {
    startTransition(async () => {
      markLeaving(id);
      try {
        await rpc('admin.invitation.revoke', { id });
        showDone('The invitation is revoked. Its link does not work any more.');
      } catch (error) {
        reportFailure(error);
      }
      startTransition(() => router.refresh());
    });
  }

  const actions: Column<OpenInvitation> = {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'text-right md:w-24',
    cell: (one) => (
      <Button
        variant="quiet"
        aria-label={`Revoke the invitation for ${whoOf(one)}`}
        onClick={() => revoke(one)}
      >
        Revoke
      </Button>
    ),
  };
  return (
    <Table
      label="Open invitations"
      columns={[...factColumns, actions]}
      rows={invitations}
      rowKey={({ id }) => id}
      isFading={({ id }) => leaving.includes(id)}
    />
  );
}
