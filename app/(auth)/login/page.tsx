import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Gate } from '#components/account/gate.tsx';
import { LoginForm } from '#components/account/login-form.tsx';
import { OrDivider, ProviderButtons } from '#components/account/provider-buttons.tsx';
import { ProviderTrouble } from '#components/account/provider-trouble.tsx';
import { SkyPlot } from '#components/account/sky-plot.tsx';
import { firstParam, type SearchParams } from '#components/list-query.ts';
import { paths, safeReturnPath } from '#components/paths.ts';
import { orFailure } from '#components/shell/or-failure.tsx';
import { connectSnippet } from '#components/snippets.ts';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Note } from '#components/ui/note.tsx';
import { signUpRefusal } from '#lib/accounts/policy.ts';
import { hadSession, serverAddress } from '#lib/http/page.ts';
import { currentViewer } from '#lib/http/viewer.ts';
import { listProviders } from '#lib/identities/list.ts';

export const metadata: Metadata = { title: 'Sign in' };

async function LoginPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const returnPath = safeReturnPath(firstParam(params.from));
  const isAgain = firstParam(params.again) !== '';
  const viewer = await currentViewer();
  if (viewer && !isAgain) redirect(returnPath);
  const address = await serverAddress();
  const providers = listProviders();
  return (
    <Gate
      title="Sign in"
      subtitle={`to ${new URL(address).host}`}
      asideLabel="From a terminal"
      aside={
        <>
          <SkyPlot />
          <div className="grid grid-cols-1 gap-2">
            <h2 className="text-13 font-normal text-text-2">From a terminal</h2>
            <CodeBlock label="Commands that point a client at this server" code={connectSnippet(address)} />
          </div>
        </>
      }
    >
      {viewer && <Note kind="info">The program asks you to prove that it is you.</Note>}
      {!viewer && (await hadSession()) && (
        <Note kind="info">Your session ended. Sign in, and you are back where you were.</Note>
      )}
      <ProviderTrouble params={params} />
      {providers.length > 0 && (
        <>
          <ProviderButtons
            providers={providers}
            kind={isAgain ? 'sign-in-again' : 'sign-in'}
            from={returnPath}
          />
          <OrDivider />
        </>
      )}
      <LoginForm returnPath={returnPath} name={viewer?.name} />
      <Link href={paths.forgot()} className="link text-13">
        Forgot the password?
      </Link>
      {(await signUpRefusal(false)) === null && (
        <p className="text-13 text-text-2">
          No account yet?{' '}
          <Link href={paths.signUp()} className="link">
            Sign up
          </Link>
        </p>
      )}
    </Gate>
  );
}

export default orFailure(LoginPage);
