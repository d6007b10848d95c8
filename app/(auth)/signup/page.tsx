import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignUpRefused } from '#components/account/sign-up-refused.tsx';
import { SignUpScreen } from '#components/account/sign-up-screen.tsx';
import { firstParam, paths, type SearchParams } from '#components/paths.ts';
import { orFailure } from '#components/shell/or-failure.tsx';
import { SETUP_LINK_NEEDED, signUpRefusal } from '#lib/accounts/policy.ts';
import { setupCode } from '#lib/accounts/setup-code.ts';
import { env } from '#lib/env.ts';
import { serverAddress } from '#lib/http/page.ts';
import { currentViewer } from '#lib/http/viewer.ts';

export const metadata: Metadata = { title: 'Sign up' };

async function SignUpPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  if (await currentViewer()) redirect(paths.storage());
  const address = await serverAddress();
  const isFirst = (await setupCode()) !== null;
  const given = firstParam((await searchParams).setup);
  const refusal = isFirst ? !given && SETUP_LINK_NEEDED : signUpRefusal();
  if (refusal) return <SignUpRefused serverAddress={address} reason={refusal} />;
  return (
    <SignUpScreen
      serverAddress={address}
      setupCode={isFirst ? given : null}
      quotaBytes={env().QUOTA_BYTES}
      retentionDays={env().RETENTION_DAYS}
    />
  );
}

export default orFailure(SignUpPage);
