import type { Metadata } from 'next';
import Link from 'next/link';
import { PlainGate } from '#components/account/plain-gate.tsx';
import { ResetForm } from '#components/account/reset-form.tsx';
import { firstParam, type SearchParams } from '#components/list-query.ts';
import { paths } from '#components/paths.ts';
import { orFailure } from '#components/shell/or-failure.tsx';
import { Note } from '#components/ui/note.tsx';
import { systemClock } from '#lib/clock.ts';
import { serverAddress } from '#lib/http/page.ts';
import { findLink, LINK_OVER } from '#lib/links/find.ts';

export const metadata: Metadata = { title: 'A new password' };

async function ResetPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const secret = firstParam((await searchParams).link);
  const link = await findLink({ kind: 'resetPassword', secret, clock: systemClock });
  return (
    <PlainGate title="A new password" serverAddress={await serverAddress()}>
      {link?.user ? (
        <ResetForm link={secret} name={link.user.name} />
      ) : (
        <>
          <Note kind="info">{LINK_OVER}</Note>
          <Link href={paths.forgot()} className="link text-13">
            Ask for a new link
          </Link>
        </>
      )}
    </PlainGate>
  );
}

export default orFailure(ResetPage);
