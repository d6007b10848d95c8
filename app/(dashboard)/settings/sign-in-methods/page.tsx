import type { Metadata } from 'next';
import { ProviderTrouble } from '#components/account/provider-trouble.tsx';
import { firstParam, type SearchParams } from '#components/list-query.ts';
import { paths } from '#components/paths.ts';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';
import { SignInMethodsScreen } from '#components/settings/sign-in-methods-screen.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { listSignInMethods, providerTitle } from '#lib/identities/list.ts';

export const metadata: Metadata = { title: 'Sign-in methods' };

async function SignInMethodsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const { userId, name } = await requireViewer(paths.signInMethods());
  return (
    <SettingsFrame here={paths.signInMethods()}>
      <SignInMethodsScreen
        name={name}
        methods={await listSignInMethods(userId)}
        linked={providerTitle(firstParam(params.linked))}
        trouble={<ProviderTrouble params={params} />}
      />
    </SettingsFrame>
  );
}

export default orFailureInShell(SignInMethodsPage);
