'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { RelativeTime } from '#components/ui/time.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { UnsentMail } from '#lib/mail/list.ts';

const KINDS = {
  verifyEmail: 'Confirms an address',
  resetPassword: 'New password',
  invitation: 'Invitation',
};

const factColumns: Column<UnsentMail>[] = [
  {
    id: 'recipient',
    header: 'To',
    cardPlace: 'title',
    cell: ({ recipient, kind }) => (
      <span className="block min-w-0 md:py-1.5">
        <span className="block font-medium max-md:wrap-anywhere md:truncate" title={recipient}>
          {recipient}
        </span>
        <span className="text-13 text-text-2">{KINDS[kind]}</span>
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cardPlace: 'fact',
    className: 'md:w-36',
    cell: ({ nextAttemptAt, attempts }) => {
      if (!nextAttemptAt) return <span className="text-danger">Given up</span>;
      return <span className="text-text-2">{attempts === 0 ? 'Waiting' : 'Trying again'}</span>;
    },
  },
  {
    id: 'failure',
    header: 'What happened',
    cardPlace: 'fact',
    className: 'text-13 text-text-2 max-md:max-w-full md:w-60 wide:w-96',
    cell: ({ failure }) => <span className="block wrap-anywhere">{failure ?? '–'}</span>,
  },
  {
    id: 'next',
    header: 'Next attempt',
    cardPlace: 'fact',
    className: 'text-text-2 max-xl:hidden xl:w-32',
    cell: ({ nextAttemptAt }) => (nextAttemptAt ? <RelativeTime at={nextAttemptAt} /> : '–'),
  },
];

/** The mails that no mail server has taken; each can be tried now. */
export function MailTable({ mails, canRetry }: { mails: UnsentMail[]; canRetry: boolean }) {
  const router = useRouter();

  async function retry({ id, recipient }: UnsentMail): Promise<void> {
    try {
      await rpc('admin.mail.retry', { id });
      showDone(
        <>
          The mail to <Bdi>{recipient}</Bdi> is tried again.
        </>,
      );
    } catch (error) {
      reportFailure(error);
    }
    startTransition(() => router.refresh());
  }

  const actions: Column<UnsentMail> = {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'text-right md:w-24',
    cell: (mail) => (
      <Button
        variant="quiet"
        disabled={!canRetry}
        aria-label={`Try now the mail to ${mail.recipient}`}
        onClick={() => void retry(mail)}
      >
        Try now
      </Button>
    ),
  };
  return (
    <Table label="Unsent mail" columns={[...factColumns, actions]} rows={mails} rowKey={({ id }) => id} />
  );
}
