import { Box, Cloud, Gauge, Library, type LucideIcon, Settings } from 'lucide-react';
import { adminPaths } from '#components/admin-paths.ts';
import { executorPaths } from '#components/executor-paths.ts';
import { paths } from '#components/paths.ts';

interface SectionPage {
  title: string;
  href: string;
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

/** The pages of the settings, in their order. What the palette knows of them besides: section-looks.ts. */
export const SETTINGS_PAGES: SectionPage[] = [
  { title: 'Profile', href: paths.profile() },
  { title: 'Tokens', href: paths.tokens() },
  { title: 'Signing keys', href: paths.signingKeys() },
  { title: 'Sessions', href: paths.sessions() },
  { title: 'Sign-in methods', href: paths.signInMethods() },
  { title: 'Activity', href: paths.activity() },
  { title: 'Account', href: paths.account() },
  { title: 'Appearance', href: paths.appearance() },
];

/** The pages for administrators, in their order. */
export const ADMIN_PAGES: SectionPage[] = [
  { title: 'Overview', href: adminPaths.overview() },
  { title: 'Users', href: adminPaths.users() },
  { title: 'Invitations', href: adminPaths.invitations() },
  { title: 'Mail', href: adminPaths.mail() },
  { title: 'Activity', href: adminPaths.activity() },
];

/** The parts of the application, in the order of the rail. */
const SECTIONS: Section[] = [
  {
    title: 'Storage',
    href: paths.storage(),
    icon: Cloud,
    prefix: '/storage',
    pages: [{ title: 'Trash', href: paths.trash() }],
  },
  {
    title: 'Executors',
    href: executorPaths.list(),
    icon: Box,
    prefix: '/executors',
    pages: [{ title: 'Trash', href: executorPaths.trash() }],
  },
  { title: 'Hub', href: executorPaths.hub(), icon: Library, prefix: '/hub', pages: [] },
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
