'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic, useState } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import { tokenColumns } from '#components/settings/token-columns.tsx';
import { RenameTokenDialog, ReplaceTokenDialog } from '#components/settings/token-dialogs.tsx';
import type { NewToken } from '#components/settings/token-form.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Table } from '#components/ui/table.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { TokenSummary } from '#lib/tokens/list.ts';

/** Revokes tokens; one that goes fades at once. */
function useRevoke() {
  const router = useRouter();
  const [leaving, markLeaving] = useOptimistic<string[], string>([], (ids, id) => [...ids, id]);

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
  return { leaving, revoke };
}

interface RevokeDialogProps {
  token: TokenSummary | null;
  onClose: () => void;
  onRevoke: (token: TokenSummary) => void;
}

function RevokeDialog({ token, onClose, onRevoke }: RevokeDialogProps) {
  return (
    <ConfirmDialog
      isOpen={token !== null}
      onClose={onClose}
      title={
        <>
          Revoke <Bdi>{token?.name ?? ''}</Bdi>?
        </>
      }
      action="Revoke"
      onConfirm={() => token && onRevoke(token)}
    >
      <p>What uses this token fails at its next request. This cannot be undone; you can create a new one.</p>
    </ConfirmDialog>
  );
}

interface TokenTableProps {
  tokens: TokenSummary[];
  /** A token has a new text. */
  onReplaced: (made: NewToken) => void;
}

type Open = { what: 'rename' | 'replace' | 'revoke'; token: TokenSummary };

/** The person's tokens. */
export function TokenTable({ tokens, onReplaced }: TokenTableProps) {
  const router = useRouter();
  const { leaving, revoke } = useRevoke();
  const [open, setOpen] = useState<Open | null>(null);
  const opens = (what: Open['what']) => (token: TokenSummary) => setOpen({ what, token });
  const close = () => setOpen(null);

  function showRenamed(name: string): void {
    close();
    showDone(
      <>
        It is called <Bdi>{name}</Bdi> now.
      </>,
    );
    startTransition(() => router.refresh());
  }

  function showReplaced(made: NewToken): void {
    close();
    onReplaced(made);
  }

  return (
    <>
      <Table
        label="Your tokens"
        columns={tokenColumns({
          rename: opens('rename'),
          replace: opens('replace'),
          revoke: opens('revoke'),
        })}
        rows={tokens}
        rowKey={({ id }) => id}
        isFading={({ id }) => leaving.includes(id)}
      />
      {open?.what === 'rename' && (
        <RenameTokenDialog token={open.token} onClose={close} onRenamed={showRenamed} />
      )}
      {open?.what === 'replace' && (
        <ReplaceTokenDialog token={open.token} onClose={close} onReplaced={showReplaced} />
      )}
      <RevokeDialog token={open?.what === 'revoke' ? open.token : null} onClose={close} onRevoke={revoke} />
    </>
  );
}
