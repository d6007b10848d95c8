import { MailTable } from '#components/admin/mail-table.tsx';
import { Note } from '#components/ui/note.tsx';
import type { UnsentMail } from '#lib/mail/list.ts';

/** The mails that no mail server has taken, and why. */
export function MailScreen({ mails, hasMail }: { mails: UnsentMail[]; hasMail: boolean }) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <div>
        <h2>Mail</h2>
        <p className="mt-0.5 text-text-2">
          What could not be sent yet. It is tried again by itself, for as long as its link works; a mail that
          was given up gets a new link when you try it again.
        </p>
      </div>
      {!hasMail && (
        <Note kind="info">
          This server sends no mail. Set <code className="font-mono">SMTP_URL</code> and{' '}
          <code className="font-mono">MAIL_FROM</code>; until then you hand links over yourself.
        </Note>
      )}
      {mails.length === 0 ? (
        <p className="border-y py-12 text-center font-medium">No mail waits, and none has failed.</p>
      ) : (
        <MailTable mails={mails} canRetry={hasMail} />
      )}
    </div>
  );
}
