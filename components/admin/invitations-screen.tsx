import { InvitationTable } from '#components/admin/invitation-table.tsx';
import { InviteForm } from '#components/admin/invite-form.tsx';
import { Note } from '#components/ui/note.tsx';
import type { OpenInvitation } from '#lib/invitations/list.ts';

interface InvitationsScreenProps {
  invitations: OpenInvitation[];
  hasMail: boolean;
  /** Sign-up is closed, for invited people too. */
  isClosed: boolean;
}

/** Invites people, and lists the invitations that are open. */
export function InvitationsScreen({ invitations, hasMail, isClosed }: InvitationsScreenProps) {
  return (
    <div className="grid max-w-260 grid-cols-1 gap-6">
      <div>
        <h2>Invitations</h2>
        <p className="mt-0.5 text-text-2">
          An invitation lets one person make an account, within 7 days, also while sign-up is not open.
        </p>
      </div>
      {isClosed && (
        <Note kind="info">
          Sign-up is closed, so nobody can be invited, and open invitations do not work. Change that on the
          overview.
        </Note>
      )}
      <InviteForm hasMail={hasMail} isClosed={isClosed} />
      {invitations.length === 0 ? (
        <p className="border-y py-12 text-center font-medium">No invitation is open.</p>
      ) : (
        <InvitationTable invitations={invitations} />
      )}
    </div>
  );
}
