import Link from 'next/link';
import type { ReactNode } from 'react';
import { ADMIN_PAGES } from '#components/shell/sections.ts';
import { classes } from '#components/ui/classes.ts';

interface AdminFrameProps {
  /** The address of the page, as the list has it. */
  here: string;
  children: ReactNode;
}

/** The frame of the pages for administrators: what they are for, the list of them, and one of them. */
export function AdminFrame({ here, children }: AdminFrameProps) {
  return (
    <>
      <h1>Admin</h1>
      <p className="mt-0.5 text-text-2">
        Who is here, how much they keep, and whether everything runs. You never see what is inside private
        things.
      </p>
      <nav aria-label="Admin" className="mt-4 flex flex-wrap gap-x-4 border-b">
        {ADMIN_PAGES.map(({ title, href }) => (
          <Link
            key={href}
            href={href}
            aria-current={href === here ? 'page' : undefined}
            className={classes(
              '-mb-px flex h-10 items-center border-b-2 hover:text-text max-md:h-11',
              href === here ? 'border-accent font-medium text-text' : 'border-transparent text-text-2',
            )}
          >
            {title}
          </Link>
        ))}
      </nav>
      <div className="mt-6 min-w-0">{children}</div>
    </>
  );
}
