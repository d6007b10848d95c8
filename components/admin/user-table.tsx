'use client';

import { useMemo, useState } from 'react';
import { Dialog } from '#components/admin/dialog.tsx';
import { LinkText } from '#components/admin/link-text.tsx';
import { QuotaDialog } from '#components/admin/quota-dialog.tsx';
import { useUserActs } from '#components/admin/use-user-acts.ts';
import { userColumns } from '#components/admin/user-columns.tsx';
import { type UserActions, UserMenu } from '#components/admin/user-menu.tsx';
import { adminPaths, type UsersQuery } from '#components/admin-paths.ts';
import { ListPages } from '#components/list/list-pages.tsx';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { KeyHint } from '#components/ui/key-hint.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { AccountRow } from '#lib/accounts/page.ts';

interface UserTableProps {
  accounts: AccountRow[];
  /** Of all pages. */
  total: number;
  query: UsersQuery;
  /** Of the administrator who looks. */
  ownName: string;
}

/** What is open on top of the list. */
type Open = { kind: 'quota' | 'disable'; account: AccountRow } | { kind: 'link'; name: string; link: string };

function actionsColumn(ownName: string, actions: UserActions): Column<AccountRow> {
  return {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'text-right md:w-12',
    cell: (account) => <UserMenu account={account} isOwn={account.name === ownName} actions={actions} />,
  };
}

/** The acts of the menu, and what they open. */
function useActions() {
  const [open, setOpen] = useState<Open | null>(null);
  const { act, refresh } = useUserActs();

  async function makeResetLink({ name }: AccountRow): Promise<void> {
    try {
      const { link } = await rpc<{ link: string }>('admin.user.makeResetLink', { name });
      setOpen({ kind: 'link', name, link });
    } catch (error) {
      reportFailure(error);
    }
  }

  const setDisabled = (name: string, isDisabled: boolean) =>
    act('admin.user.setDisabled', { name, isDisabled }, `${name} is ${isDisabled ? 'disabled' : 'enabled'}.`);
  const actions: UserActions = {
    changeQuota: (account) => setOpen({ kind: 'quota', account }),
    makeResetLink: (account) => void makeResetLink(account),
    verify: ({ name }) => void act('admin.user.verifyEmail', { name }, `The e-mail of ${name} is confirmed.`),
    disable: (account) => setOpen({ kind: 'disable', account }),
    enable: ({ name }) => void setDisabled(name, false),
  };
  return { open, close: () => setOpen(null), actions, setDisabled, refresh };
}

/** The link that was just made. */
function ResetLinkDialog({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  return (
    <Dialog
      onClose={onClose}
      title={
        <>
          Hand this link to <Bdi>{name}</Bdi>
        </>
      }
      help="You see it this once. It sets a new password within an hour, and signs them out everywhere."
    >
      <LinkText link={link} />
      <div className="mt-5 flex justify-end">
        <Button onClick={onClose}>Done</Button>
      </div>
    </Dialog>
  );
}

/** What the acts open on top of the list. */
function UserDialogs({ open, close, setDisabled, refresh }: ReturnType<typeof useActions>) {
  const doomed = open?.kind === 'disable' ? open.account.name : '';
  return (
    <>
      {open?.kind === 'quota' && (
        <QuotaDialog
          account={open.account}
          onClose={close}
          onDone={(quotaBytes) => {
            close();
            showDone(`${open.account.name} may keep ${formatBytes(quotaBytes)}.`);
            refresh();
          }}
        />
      )}
      {open?.kind === 'link' && <ResetLinkDialog name={open.name} link={open.link} onClose={close} />}
      <ConfirmDialog
        isOpen={open?.kind === 'disable'}
        onClose={close}
        title={
          <>
            Disable <Bdi>{doomed}</Bdi>?
          </>
        }
        action="Disable"
        safe="Leave it"
        onConfirm={() => void setDisabled(doomed, true)}
      >
        <p>
          Their sessions and tokens fail at the next request. What they made public stays, and nothing is
          deleted. You can enable the account again.
        </p>
      </ConfirmDialog>
    </>
  );
}

/** Accounts, and what an administrator can do to each. */
export function UserTable({ accounts, total, query, ownName }: UserTableProps) {
  const state = useActions();
  const columns = useMemo(() => userColumns(query), [query]);
  return (
    <>
      <Table
        label="Users"
        columns={[...columns, actionsColumn(ownName, state.actions)]}
        rows={accounts}
        rowKey={({ name }) => name}
        view={adminPaths.users(query)}
        footer={
          <ListPages
            page={query.page}
            pageSize={query.pageSize}
            total={total}
            hrefOf={(change) => adminPaths.users({ ...query, ...change })}
          >
            <KeyHint keys={['j', 'k']}>move</KeyHint>
          </ListPages>
        }
      />
      <UserDialogs {...state} />
    </>
  );
}
