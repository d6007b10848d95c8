import Link from 'next/link';
import type { ReactNode } from 'react';
import { SETTINGS_PAGES } from '#components/shell/sections.ts';
import { classes } from '#components/ui/classes.ts';

interface SettingsFrameProps {
  /** The address of the page, as the list has it. */
  here: string;
  children: ReactNode;
}

/** The frame of the settings: the list of their pages, and one of them. */
export function SettingsFrame({ here, children }: SettingsFrameProps) {
  return (
    <>
      <h1>Settings</h1>
      <div className="mt-5 grid grid-cols-1 gap-6 xl:grid-cols-[176px_minmax(0,1fr)] xl:gap-8">
        <nav aria-label="Settings" className="flex flex-wrap content-start gap-0.5 -ml-2 xl:grid">
          {SETTINGS_PAGES.map(({ title, href }) => (
            <Link
              key={href}
              href={href}
              aria-current={href === here ? 'page' : undefined}
              className={classes(
                'flex h-8 items-center rounded-md px-2 hover:bg-hover hover:text-text max-md:h-11 max-md:px-3',
                href === here ? 'bg-hover font-medium text-text' : 'text-text-2',
              )}
            >
              {title}
            </Link>
          ))}
        </nav>
        <div className="max-w-260 min-w-0">{children}</div>
      </div>
    </>
  );
}
