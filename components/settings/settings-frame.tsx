import Link from 'next/link';
import type { ReactNode } from 'react';
import { paths } from '#components/paths.ts';

/** The frame of the settings: the list of their pages, and one of them. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <h1>Settings</h1>
      <div className="mt-5 grid grid-cols-1 gap-6 xl:grid-cols-[176px_minmax(0,1fr)] xl:gap-8">
        <nav aria-label="Settings" className="flex content-start gap-0.5 xl:-ml-2 xl:grid">
          <Link
            href={paths.tokens()}
            aria-current="page"
            className="flex h-8 items-center rounded-md bg-hover px-2 font-medium"
          >
            Tokens
          </Link>
        </nav>
        <div className="max-w-4xl min-w-0">{children}</div>
      </div>
    </>
  );
}
