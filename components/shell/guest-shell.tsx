import Link from 'next/link';
import type { ReactNode } from 'react';
import { executorPaths } from '#components/executor-paths.ts';
import { paths } from '#components/paths.ts';
import { Logo } from '#components/shell/logo.tsx';
import { ThemeSwitch } from '#components/shell/theme-switch.tsx';
import { NowProvider } from '#components/ui/now.tsx';

interface GuestShellProps {
  /** When the server made the page, in milliseconds since 1970. */
  serverNow: number;
  /** The path of the page, to return to after signing in. */
  here: string;
  children: ReactNode;
}

/** The frame of a page that nobody need sign in for. */
export function GuestShell({ serverNow, here, children }: GuestShellProps) {
  return (
    <NowProvider serverNow={serverNow}>
      <header className="sticky top-0 z-10 flex h-12 items-center gap-2 border-b bg-page px-4 md:px-6 wide:px-8">
        <span className="flex items-center gap-2.5 text-[15px] font-semibold tracking-tight">
          <Logo />
          <span className="max-md:sr-only">Groundstation</span>
        </span>
        <Link
          href={executorPaths.hub()}
          className="ml-2 inline-flex h-8 items-center rounded-md px-2 text-text-2 hover:bg-hover hover:text-text"
        >
          Hub
        </Link>
        <div className="ml-auto flex items-center gap-2">
          <ThemeSwitch />
          <Link
            href={paths.login(here)}
            className="inline-flex h-8 items-center rounded-md border border-line-firm bg-raised px-3 font-medium hover:bg-hover"
          >
            Sign in
          </Link>
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[1680px] min-w-0 px-4 pt-6 pb-12 outline-none md:px-6 wide:px-8"
      >
        {children}
      </main>
    </NowProvider>
  );
}
