import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignUpRefused } from '#components/account/sign-up-refused.tsx';
import { SignUpScreen } from '#components/account/sign-up-screen.tsx';
import { firstParam, type SearchParams } from '#components/list-query.ts';
import { paths } from '#components/paths.ts';
import { orFailure } from '#components/shell/or-failure.tsx';
import { SETUP_LINK_NEEDED, signUpRefusal } from '#lib/accounts/policy.ts';
import { setupCode } from '#lib/accounts/setup-code.ts';
import { systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { serverAddress } from '#lib/http/page.ts';
import { currentViewer } from '#lib/http/viewer.ts';
import { listProviders } from '#lib/identities/list.ts';
import { findLink, LINK_OVER } from '#lib/links/find.ts';

export const metadata: Metadata = { title: 'Sign up' };

async function SignUpPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  if (await currentViewer()) redirect(paths.storage());
  const address = await serverAddress();
  const isFirst = (await setupCode()) !== null;
  const params = await searchParams;
  const given = firstParam(params.setup);
  const invitation = isFirst ? '' : firstParam(params.invitation);
  const link = invitation
    ? await findLink({ kind: 'invitation', secret: invitation, clock: systemClock })
    : null;
  const refusal = isFirst
    ? !given && SETUP_LINK_NEEDED
    : ((await signUpRefusal(invitation !== '')) ?? (invitation && !link && LINK_OVER));
  if (refusal) return <SignUpRefused serverAddress={address} reason={refusal} />;
  return (
    <SignUpScreen
      serverAddress={address}
      setupCode={isFirst ? given : null}
      invitation={link && { secret: invitation, email: link.email }}
      quotaBytes={env().QUOTA_BYTES}
      retentionDays={env().RETENTION_DAYS}
      // A provider's way knows nothing of the invitation, which would be left unused.
      providers={isFirst || link ? [] : listProviders()}
    />
  );
}

export default orFailure(SignUpPage);
