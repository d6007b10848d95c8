import type { Metadata } from 'next';
import { PlainGate } from '#components/account/plain-gate.tsx';
import { VerifyForm } from '#components/account/verify-form.tsx';
import { firstParam, type SearchParams } from '#components/list-query.ts';
import { orFailure } from '#components/shell/or-failure.tsx';
import { Note } from '#components/ui/note.tsx';
import { systemClock } from '#lib/clock.ts';
import { serverAddress } from '#lib/http/page.ts';
import { findLink, LINK_OVER } from '#lib/links/find.ts';

export const metadata: Metadata = { title: 'Confirm your address' };

async function VerifyPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const secret = firstParam((await searchParams).link);
  const link = await findLink({ kind: 'verifyEmail', secret, clock: systemClock });
  return (
    <PlainGate title="Confirm your address" serverAddress={await serverAddress()}>
      {link?.user && link.email ? (
        <VerifyForm link={secret} email={link.email} name={link.user.name} />
      ) : (
        <Note kind="info">{LINK_OVER}</Note>
      )}
    </PlainGate>
  );
}

export default orFailure(VerifyPage);
