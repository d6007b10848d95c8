import type { ReactNode } from 'react';
import { Palette } from '#components/palette/palette.tsx';
import { Breadcrumb } from '#components/shell/breadcrumb.tsx';
import { LeavingLine } from '#components/shell/leaving-line.tsx';
import { LiveLine, LiveMark, LiveProvider } from '#components/shell/live.tsx';
import { RailContent, type RailProps } from '#components/shell/rail-content.tsx';
import { RailFold, RailFrame } from '#components/shell/rail-fold.tsx';
import { RailSheet } from '#components/shell/rail-sheet.tsx';
import { ThemeSwitch } from '#components/shell/theme-switch.tsx';

interface AppShellProps extends RailProps {
  /** As the person left it in this browser. */
  isRailFolded: boolean;
  /** When the account is deleted, if its person asked for that. */
  deleteAt: Date | null;
  children: ReactNode;
}

/** The frame of every page of somebody who is signed in. */
export function AppShell({ isRailFolded, deleteAt, children, ...rail }: AppShellProps) {
  return (
    <LiveProvider>
      <RailFrame isFoldedAtFirst={isRailFolded}>
        <a
          href="#main"
          className="absolute -top-12 left-2 z-40 rounded-md border border-line-firm bg-raised px-3 py-1.5 focus:top-2"
        >
          Skip to the content
        </a>
        <aside
          aria-label="Sections, space and account"
          className="sticky top-0 row-span-2 hidden h-dvh flex-col border-r md:flex"
        >
          <RailContent {...rail} />
        </aside>
        <header className="sticky top-0 z-10 flex min-w-0 items-center gap-2 border-b bg-page px-4 md:px-6 wide:px-8">
          <RailSheet {...rail} />
          <RailFold />
          <Breadcrumb namespace={rail.account.name} />
          <div className="ml-auto flex items-center gap-1 md:gap-3">
            <Palette namespace={rail.account.name} isAdmin={rail.account.isAdmin} />
            <LiveMark />
            <ThemeSwitch />
          </div>
        </header>
        <div className="min-w-0">
          <LiveLine />
          <LeavingLine deleteAt={deleteAt} />
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-[1680px] px-4 pt-6 pb-12 outline-none md:px-6 wide:px-8"
          >
            {children}
          </main>
        </div>
      </RailFrame>
    </LiveProvider>
  );
}
