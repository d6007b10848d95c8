import { UserRoundX } from 'lucide-react';
import { KeepAccountButton } from '#components/account/keep-account.tsx';
import { ExactTime } from '#components/ui/time.tsx';

/** Above each page of somebody who asked for their account to be deleted: until when they may change their mind. */
export function LeavingLine({ deleteAt }: { deleteAt: Date | null }) {
  if (!deleteAt) return null;
  return (
    <section
      aria-label="Your account is going to be deleted"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-b bg-danger-soft px-4 py-2 text-13"
    >
      <p className="flex min-w-0 items-center gap-2">
        <UserRoundX aria-hidden size={16} className="shrink-0 text-danger" />
        <span>
          Your account and everything in it is deleted on <ExactTime at={deleteAt} />.
        </span>
      </p>
      <KeepAccountButton />
    </section>
  );
}
