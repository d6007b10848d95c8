import type { Metadata } from 'next';
import Link from 'next/link';
import { ForgotForm } from '#components/account/forgot-form.tsx';
import { PlainGate } from '#components/account/plain-gate.tsx';
import { paths } from '#components/paths.ts';
import { orFailure } from '#components/shell/or-failure.tsx';
import { Note } from '#components/ui/note.tsx';
import { serverAddress } from '#lib/http/page.ts';
import { hasMailServer } from '#lib/mail/server.ts';

export const metadata: Metadata = { title: 'Forgot the password' };

async function ForgotPage() {
  return (
    <PlainGate title="Forgot the password" serverAddress={await serverAddress()}>
      {hasMailServer() ? (
        <ForgotForm />
      ) : (
        <Note kind="info">
          This server sends no mail. Ask an administrator for a link that lets you choose a new password.
        </Note>
      )}
      <Link href={paths.login()} className="link text-13">
        Back to signing in
      </Link>
    </PlainGate>
  );
}

export default orFailure(ForgotPage);
