'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useState } from 'react';
import { RpcError, rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { Holdings } from '#lib/accounts/holdings.ts';

interface DialogProps {
  name: string;
  hasPassword: boolean;
  holdings: Holdings;
  onClose: () => void;
  onAsked: () => void;
}

/** Says what is lost, and asks for the name and the password. */
function DeleteDialog({ name, hasPassword, holdings, onClose, onAsked }: DialogProps) {
  const [typed, setTyped] = useState({ name: '', password: '' });
  const [failure, setFailure] = useState<RpcError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { artifacts, executors, bytes, tokens } = holdings;
  const files =
    artifacts === 1 ? 'one DocumentArray or file' : `${formatCount(artifacts)} DocumentArrays and files`;
  const programs = executors === 1 ? 'one Executor' : `${formatCount(executors)} Executors`;
  const all = executors === 0 ? files : `${files} and ${programs}`;
  const things = `${all} (${formatBytes(bytes)}) and ${tokens === 1 ? 'one token' : `${formatCount(tokens)} tokens`}`;
  const isReady = typed.name.trim() === name && (!hasPassword || typed.password !== '') && !isBusy;

  async function ask(): Promise<void> {
    setIsBusy(true);
    try {
      await rpc('user.identity.delete', { name, password: hasPassword ? typed.password : undefined });
      onAsked();
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      setFailure(error);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <FormDialog
      title="Delete your account?"
      description={
        <>
          In 7 days your account is deleted for good, and with it {things}. Until then everything goes on as
          it is, and you can change your mind. Nobody ever gets the namespace <Bdi>{name}</Bdi> again.
        </>
      }
      action="Delete in 7 days"
      safe="Keep my account"
      isDanger
      isReady={isReady}
      onClose={onClose}
      onSubmit={() => void ask()}
    >
      <TextField
        label={
          <>
            Type <Bdi>{name}</Bdi> to confirm
          </>
        }
        value={typed.name}
        onChange={(event) => setTyped({ ...typed, name: event.target.value })}
        autoComplete="off"
        spellCheck={false}
      />
      {hasPassword && (
        <TextField
          label="Password"
          type="password"
          value={typed.password}
          onChange={(event) => setTyped({ ...typed, password: event.target.value })}
          autoComplete="current-password"
          error={failure?.isWrongPassword ? failure.message : null}
        />
      )}
      {failure && !failure.isWrongPassword && (
        <Note kind="danger" isAlert>
          {failure.message}
        </Note>
      )}
    </FormDialog>
  );
}

/** What goes with the account, and the way to have it deleted. */
export function DeleteAccount(props: Omit<DialogProps, 'onClose' | 'onAsked'>) {
  const { holdings } = props;
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const rows = [
    ['DocumentArrays and other files, with every version', formatCount(holdings.artifacts)],
    ['Executors, with every push', formatCount(holdings.executors)],
    ['The space that these take', formatBytes(holdings.bytes)],
    ['Public ones, which others may pull', formatCount(holdings.publicArtifacts + holdings.publicExecutors)],
    ['Tokens that stop working', formatCount(holdings.tokens)],
  ];

  function showAsked(): void {
    setIsOpen(false);
    showDone('Your account is deleted in 7 days.');
    startTransition(() => router.refresh());
  }

  return (
    <>
      <dl className="divide-y rounded-lg border bg-raised">
        {rows.map(([what, amount]) => (
          <div key={what} className="flex justify-between gap-4 px-3 py-2.5">
            <dt>{what}</dt>
            <dd className="shrink-0 font-medium tabular-nums">{amount}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-3 flex justify-end">
        <Button className="text-danger" onClick={() => setIsOpen(true)}>
          Delete the account
        </Button>
      </div>
      {isOpen && <DeleteDialog {...props} onClose={() => setIsOpen(false)} onAsked={showAsked} />}
    </>
  );
}
