import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { IdentitySignUp } from '#components/account/identity-sign-up.tsx';
import { firstParam, type SearchParams } from '#components/list-query.ts';
import { paths, safeReturnPath } from '#components/paths.ts';
import { orFailure } from '#components/shell/or-failure.tsx';
import { systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { pendingSecret, serverAddress } from '#lib/http/page.ts';
import { providerTitle } from '#lib/identities/list.ts';
import { findPending } from '#lib/identities/pending.ts';
import { proposeName } from '#lib/identities/propose-name.ts';

export const metadata: Metadata = { title: 'Choose your user name' };

async function IdentitySignUpPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const from = firstParam((await searchParams).from);
  const pending = await findPending(await pendingSecret(), systemClock);
  if (!pending) redirect(paths.loginProblem({ problem: 'expired', provider: '', from, isAgain: false }));
  const { provider, label, displayName } = pending;
  return (
    <IdentitySignUp
      serverAddress={await serverAddress()}
      title={providerTitle(provider) ?? provider}
      label={label}
      proposedName={await proposeName(label)}
      displayName={displayName}
      quotaBytes={env().QUOTA_BYTES}
      retentionDays={env().RETENTION_DAYS}
      returnPath={safeReturnPath(from)}
    />
  );
}

export default orFailure(IdentitySignUpPage);
