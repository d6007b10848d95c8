import {
  Cloud,
  KeyRound,
  type LucideIcon,
  MonitorSmartphone,
  Settings,
  SunMoon,
  Trash2,
  UserRound,
} from 'lucide-react';
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
  { title: 'Appearance', href: paths.appearance(), icon: SunMoon, keywords: 'settings theme look' },
];

/** The parts of the application, in the order of the rail. */
export const SECTIONS: Section[] = [
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
];

/** The section that a path belongs to. */
export function sectionOf(pathname: string): Section | undefined {
  return SECTIONS.find(({ prefix }) => pathname === prefix || pathname.startsWith(`${prefix}/`));
}
