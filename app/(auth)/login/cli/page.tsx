import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { firstParam, type SearchParams } from '#components/list-query.ts';
import { ProgramLogin } from '#components/login/program-login.tsx';
import { ProgramLoginScreen } from '#components/login/program-login-screen.tsx';
import { paths } from '#components/paths.ts';
import { orFailure } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { isSameNetwork } from '#lib/auth/network.ts';
import { DAY_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { pageOrigin, serverAddress } from '#lib/http/page.ts';
import { findLogin } from '#lib/logins/find.ts';

export const metadata: Metadata = { title: 'Approve a login' };

async function ProgramLoginPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const request = firstParam((await searchParams).request);
  const here = paths.programLogin(request);
  const viewer = await requireViewer(here);
  const login = await findLogin(request);
  const { host } = new URL(await serverAddress());
  if (!login)
    return (
      <ProgramLoginScreen
        title="This login does not wait any more"
        subtitle="It was decided, its five minutes are over, or the program has gone. Start it again there."
        host={host}
      />
    );
  if (login.isFresh && viewer.createdAt < login.askedAt) redirect(paths.loginAgain(here));
  const { address } = await pageOrigin();
  const isElsewhere = address && login.address && !isSameNetwork(address, login.address);
  return (
    <ProgramLogin
      request={request}
      login={login}
      account={{ name: viewer.name, displayName: viewer.displayName }}
      otherAddress={isElsewhere ? address : null}
      until={new Date(Date.now() + env().SESSION_MAX_DAYS * DAY_MS)}
      host={host}
      serverNow={Date.now()}
    />
  );
}

export default orFailure(ProgramLoginPage);
