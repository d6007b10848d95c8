import { SquareAsterisk } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { paths } from '#components/paths.ts';
import { FirstPasswordForm } from '#components/settings/first-password-form.tsx';
import { IdentityRow, ProviderRow } from '#components/settings/identity-rows.tsx';
import { MethodRow } from '#components/settings/method-row.tsx';
import { SettingsSection } from '#components/settings/settings-section.tsx';
import { Note } from '#components/ui/note.tsx';
import type { SignInMethods } from '#lib/identities/list.ts';

interface SignInMethodsScreenProps {
  name: string;
  methods: SignInMethods;
  /** What the provider is called that was linked just now; null: none was. */
  linked: string | null;
  /** Why one was not. */
  trouble: ReactNode;
}

/** How somebody signs in: by password, and by whom of which provider. */
export function SignInMethodsScreen({ name, methods, linked, trouble }: SignInMethodsScreenProps) {
  const { hasPassword, identities, providers } = methods;
  const open = providers.filter(({ key }) => identities.every(({ provider }) => provider !== key));
  return (
    <div className="grid grid-cols-1 gap-6">
      {trouble}
      {linked && <Note kind="ok">You can sign in by {linked} from now on.</Note>}
      <div>
        <SettingsSection
          id="methods"
          title="Sign-in methods"
          help="Each of them signs you in. At least one stays."
        >
          <ul aria-label="Sign-in methods" className="rounded-lg border bg-raised">
            <MethodRow icon={SquareAsterisk} title="Password" facts={hasPassword ? 'Set' : 'Not set'}>
              {hasPassword && (
                <Link href={paths.profile()} className="link text-13">
                  Change it
                </Link>
              )}
            </MethodRow>
            {identities.map((identity) => (
              <IdentityRow
                key={identity.id}
                identity={identity}
                isOnly={!hasPassword && identities.length === 1}
              />
            ))}
            {open.map((provider) => (
              <ProviderRow key={provider.key} provider={provider} />
            ))}
          </ul>
        </SettingsSection>
        {!hasPassword && (
          <SettingsSection
            id="password"
            title="Password"
            help="With one you sign in here and in scripts without a provider. It ends your other sessions."
          >
            <FirstPasswordForm name={name} />
          </SettingsSection>
        )}
      </div>
    </div>
  );
}
