import { type LucideIcon, Plus } from 'lucide-react';
import { executorPaths } from '#components/executor-paths.ts';
import { PAGE_LOOKS, SECTION_KEYWORDS } from '#components/palette/page-looks.ts';
import { paths } from '#components/paths.ts';
import { sectionsFor } from '#components/shell/sections.ts';
import type { Theme } from '#components/shell/theme.ts';
import { THEME_CHOICES } from '#components/shell/theme-choices.ts';

interface CommandLook {
  id: string;
  title: string;
  icon: LucideIcon;
  /** Other words that people look for it by, in small letters. */
  keywords: string;
}

/** Goes to a page, or sets the theme. */
type PaletteCommand = CommandLook & ({ href: string } | { theme: Theme });

interface CommandGroup {
  heading: string;
  commands: PaletteCommand[];
}

function pageCommands(isAdmin: boolean): PaletteCommand[] {
  return sectionsFor({ isAdmin }).flatMap(({ title, href, icon, pages, isForAdministrators }) => {
    // A section that begins with one of its pages is that page.
    const isOwnPage = pages.every((page) => page.href !== href);
    const own = isOwnPage
      ? [{ id: `page ${href}`, title, href, icon, keywords: SECTION_KEYWORDS[href] ?? '' }]
      : [];
    const below = pages.map((page) => ({
      icon,
      keywords: '',
      ...PAGE_LOOKS[page.href],
      ...page,
      title:
        isForAdministrators || page.href === executorPaths.trash() ? `${title}: ${page.title}` : page.title,
      id: `page ${page.href}`,
    }));
    return [...own, ...below];
  });
}

const groupsFor = (isAdmin: boolean): CommandGroup[] => [
  { heading: 'Go to', commands: pageCommands(isAdmin) },
  {
    heading: 'Do',
    commands: [
      {
        id: 'new token',
        title: 'Create a token',
        icon: Plus,
        keywords: 'new make add access pat api',
        href: paths.newToken(),
      },
      ...THEME_CHOICES.map(({ value, label, icon }) => ({
        id: `theme ${value}`,
        title: `Theme: ${label}`,
        icon,
        keywords: 'appearance switch colour mode',
        theme: value,
      })),
    ],
  },
];

/** What the palette offers for what was typed: every word of it must be in a command's title or its other words. */
export function matchingCommands(text: string, isAdmin: boolean): CommandGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const isMatch = ({ title, keywords }: PaletteCommand) => {
    const known = `${title.toLowerCase()} ${keywords}`;
    return words.every((word) => known.includes(word));
  };
  return groupsFor(isAdmin)
    .map(({ heading, commands }) => ({ heading, commands: commands.filter(isMatch) }))
    .filter(({ commands }) => commands.length > 0);
}
