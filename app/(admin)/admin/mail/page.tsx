import { AdminFrame } from '#components/admin/admin-frame.tsx';
import { MailScreen } from '#components/admin/mail-screen.tsx';
import { adminPaths } from '#components/admin-paths.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { administratorsHead, requireAdministrator } from '#components/shell/require-administrator.ts';
import { listUnsentMails } from '#lib/mail/list.ts';
import { hasMailServer } from '#lib/mail/server.ts';

export const generateMetadata = () => administratorsHead('Mail');

async function MailPage() {
  await requireAdministrator();
  return (
    <AdminFrame here={adminPaths.mail()}>
      <MailScreen mails={await listUnsentMails()} hasMail={hasMailServer()} />
    </AdminFrame>
  );
}

export default orFailureInShell(MailPage);
