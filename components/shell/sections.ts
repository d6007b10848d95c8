import {
  Cloud,
  Gauge,
  History,
  KeyRound,
  LogIn,
  type LucideIcon,
  MailPlus,
  Mails,
  MonitorSmartphone,
  PackageOpen,
  Settings,
  SunMoon,
  Trash2,
  UserRound,
  Users,
} from 'lucide-react';
import { adminPaths } from '#components/admin-paths.ts';
import { paths } from '#components/paths.ts';

interface SectionPage {
  title: string;
  href: string;
  icon: LucideIcon;
  /** Other words that people look for it by. */
  keywords: string;
}

interface Section {
  title: string;
  href: string;
  icon: LucideIcon;
  /** Every page of the section begins with it. */
  prefix: string;
  pages: SectionPage[];
  /** For everybody else there is none. */
  isForAdministrators?: boolean;
}

/** The pages of the settings, in their order. */
export const SETTINGS_PAGES: SectionPage[] = [
  {
    title: 'Profile',
    href: paths.profile(),
    icon: UserRound,
    keywords: 'settings account name e-mail email password',
  },
  { title: 'Tokens', href: paths.tokens(), icon: KeyRound, keywords: 'settings access pat api' },
  {
    title: 'Sessions',
    href: paths.sessions(),
    icon: MonitorSmartphone,
    keywords: 'settings sign out devices browsers programs logged in',
  },
  {
    title: 'Sign-in methods',
    href: paths.signInMethods(),
    icon: LogIn,
    keywords: 'settings password link unlink github google oidc single sign-on sso',
  },
  {
    title: 'Activity',
    href: paths.activity(),
    icon: History,
    keywords: 'settings audit log history who did what csv',
  },
  {
    title: 'Account',
    href: paths.account(),
    icon: PackageOpen,
    keywords: 'settings export download zip delete leave',
  },
  { title: 'Appearance', href: paths.appearance(), icon: SunMoon, keywords: 'settings theme look' },
];

/** The pages for administrators, in their order. */
export const ADMIN_PAGES: SectionPage[] = [
  {
    title: 'Overview',
    href: adminPaths.overview(),
    icon: Gauge,
    keywords: 'admin health sign-up policy version',
  },
  {
    title: 'Users',
    href: adminPaths.users(),
    icon: Users,
    keywords: 'admin accounts people quota space storage by owner disable password',
  },
  {
    title: 'Invitations',
    href: adminPaths.invitations(),
    icon: MailPlus,
    keywords: 'admin invite people accounts',
  },
  { title: 'Mail', href: adminPaths.mail(), icon: Mails, keywords: 'admin smtp failed send outbox' },
  {
    title: 'Activity',
    href: adminPaths.activity(),
    icon: History,
    keywords: 'admin audit log history who did what everybody',
  },
];

/** The parts of the application, in the order of the rail. */
const SECTIONS: Section[] = [
  {
    title: 'Storage',
    href: paths.storage(),
    icon: Cloud,
    prefix: '/storage',
    pages: [{ title: 'Trash', href: paths.trash(), icon: Trash2, keywords: 'storage deleted restore' }],
  },
  {
    title: 'Settings',
    href: paths.profile(),
    icon: Settings,
    prefix: '/settings',
    pages: SETTINGS_PAGES,
  },
  {
    title: 'Admin',
    href: adminPaths.overview(),
    icon: Gauge,
    prefix: '/admin',
    pages: ADMIN_PAGES,
    isForAdministrators: true,
  },
];

/** Those that somebody sees. */
export function sectionsFor({ isAdmin }: { isAdmin: boolean }): Section[] {
  return SECTIONS.filter(({ isForAdministrators }) => isAdmin || !isForAdministrators);
}

/** The section that a path belongs to. */
export function sectionOf(pathname: string): Section | undefined {
  return SECTIONS.find(({ prefix }) => pathname === prefix || pathname.startsWith(`${prefix}/`));
}
