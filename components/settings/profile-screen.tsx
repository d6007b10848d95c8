import { PasswordForm } from '#components/settings/password-form.tsx';
import { ProfileForm } from '#components/settings/profile-form.tsx';
import { SettingsSection } from '#components/settings/settings-section.tsx';

interface ProfileScreenProps {
  name: string;
  displayName: string | null;
  email: string | null;
  hasPassword: boolean;
}

/** Who somebody is here, and how they sign in. */
export function ProfileScreen({ hasPassword, ...profile }: ProfileScreenProps) {
  return (
    <div>
      <SettingsSection
        id="profile"
        title="Profile"
        help="Your name stands in place of your user name where people read it. Your namespace is in every address, so it never changes."
      >
        <ProfileForm {...profile} />
      </SettingsSection>
      {hasPassword && (
        <SettingsSection
          id="password"
          title="Password"
          help="A new one ends your sign-ins in other browsers and by password. Your tokens go on working."
        >
          <PasswordForm name={profile.name} />
        </SettingsSection>
      )}
    </div>
  );
}
