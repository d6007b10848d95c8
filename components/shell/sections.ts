import { Cloud, type LucideIcon, Settings } from 'lucide-react';
import { paths } from '#components/paths.ts';

interface Section {
  title: string;
  href: string;
  icon: LucideIcon;
  /** Every page of the section begins with it. */
  prefix: string;
  pages: { title: string; href: string }[];
}

/** The parts of the application, in the order of the rail. */
export const SECTIONS: Section[] = [
  {
    title: 'Storage',
    href: paths.storage(),
    icon: Cloud,
    prefix: '/storage',
    pages: [{ title: 'Trash', href: paths.trash() }],
  },
  {
    title: 'Settings',
    href: paths.tokens(),
    icon: Settings,
    prefix: '/settings',
    pages: [{ title: 'Tokens', href: paths.tokens() }],
  },
];

/** The section that a path belongs to. */
export function sectionOf(pathname: string): Section | undefined {
  return SECTIONS.find(({ prefix }) => pathname === prefix || pathname.startsWith(`${prefix}/`));
}
