import { Download } from 'lucide-react';
import { KeepAccountButton } from '#components/account/keep-account.tsx';
import { paths } from '#components/paths.ts';
import { DeleteAccount } from '#components/settings/delete-account.tsx';
import { SettingsSection } from '#components/settings/settings-section.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { ExactTime } from '#components/ui/time.tsx';
import type { Holdings } from '#lib/accounts/holdings.ts';

interface AccountScreenProps {
  name: string;
  hasPassword: boolean;
  holdings: Holdings;
  /** When it is deleted, if that was asked for. */
  deleteAt: Date | null;
}

/** Takes everything away as a file, or the account itself. */
export function AccountScreen({ deleteAt, ...account }: AccountScreenProps) {
  return (
    <div>
      <SettingsSection
        id="export"
        title="Export"
        help="Every DocumentArray and file as it was pushed, with every version, what is in the trash, your account and what happened in it."
      >
        <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border bg-raised px-3 py-2.5">
          <p>One ZIP, with {formatBytes(account.holdings.bytes)} that you pushed.</p>
          <a
            href={paths.exportFile()}
            download
            className="inline-flex h-8 items-center gap-2 rounded-md border border-line-firm bg-raised px-3 font-medium hover:bg-hover"
          >
            <Download aria-hidden size={16} />
            Export everything
          </a>
        </div>
      </SettingsSection>
      <SettingsSection
        id="delete-account"
        title="Delete the account"
        help="You have 7 days to change your mind. After that there is no undo, and nobody gets your namespace again."
      >
        {deleteAt ? (
          <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border bg-raised px-3 py-2.5">
            <p>
              It is deleted on <ExactTime at={deleteAt} />. Until then everything goes on as it is.
            </p>
            <KeepAccountButton />
          </div>
        ) : (
          <DeleteAccount {...account} />
        )}
      </SettingsSection>
    </div>
  );
}
