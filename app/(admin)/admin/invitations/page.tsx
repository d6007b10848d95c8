import { AdminFrame } from '#components/admin/admin-frame.tsx';
import { InvitationsScreen } from '#components/admin/invitations-screen.tsx';
import { adminPaths } from '#components/admin-paths.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { administratorsHead, requireAdministrator } from '#components/shell/require-administrator.ts';
import { signUpPolicy } from '#lib/accounts/policy.ts';
import { systemClock } from '#lib/clock.ts';
import { listInvitations } from '#lib/invitations/list.ts';
import { hasMailServer } from '#lib/mail/server.ts';

export const generateMetadata = () => administratorsHead('Invitations');

async function InvitationsPage() {
  await requireAdministrator();
  const [invitations, { policy }] = await Promise.all([listInvitations(systemClock), signUpPolicy()]);
  return (
    <AdminFrame here={adminPaths.invitations()}>
      <InvitationsScreen invitations={invitations} hasMail={hasMailServer()} isClosed={policy === 'closed'} />
    </AdminFrame>
  );
}

export default orFailureInShell(InvitationsPage);
