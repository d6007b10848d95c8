import { AddressState } from '#components/settings/address-state.tsx';
import { AvatarForm } from '#components/settings/avatar-form.tsx';
import { PasswordForm } from '#components/settings/password-form.tsx';
import { ProfileForm } from '#components/settings/profile-form.tsx';
import { SettingsSection } from '#components/settings/settings-section.tsx';

interface ProfileScreenProps {
  name: string;
  displayName: string | null;
  email: string | null;
  /** Whether somebody showed that they read mail there. */
  isVerified: boolean;
  /** Whether this server sends mail. */
  hasMail: boolean;
  hasPassword: boolean;
  /** The SHA-256 of their picture. */
  avatar: string | null;
}

/** Who somebody is here, and how they sign in. */
export function ProfileScreen({ hasPassword, isVerified, hasMail, avatar, ...profile }: ProfileScreenProps) {
  return (
    <div>
      <SettingsSection
        id="profile"
        title="Profile"
        help="Your name stands in place of your user name where people read it. Your namespace is in every address, so it never changes."
      >
        <AvatarForm sha256={avatar} name={profile.displayName ?? profile.name} />
        <ProfileForm {...profile} hasPassword={hasPassword} />
        {profile.email && (
          <AddressState key={profile.email} email={profile.email} isVerified={isVerified} hasMail={hasMail} />
        )}
      </SettingsSection>
      {hasPassword && (
        <SettingsSection
          id="password"
          title="Password"
          help="A new one signs you out everywhere else. Your tokens go on working."
        >
          <PasswordForm name={profile.name} />
        </SettingsSection>
      )}
    </div>
  );
}
