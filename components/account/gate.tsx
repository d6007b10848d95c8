import Link from 'next/link';
import type { ReactNode } from 'react';
import { paths } from '#components/paths.ts';
import { Logo } from '#components/shell/logo.tsx';
import { ThemeSwitch } from '#components/shell/theme-switch.tsx';

interface GateProps {
  title: string;
  subtitle: string;
  /** What the right half shows where there is room for it. */
  aside: ReactNode;
  asideLabel: string;
  children: ReactNode;
}

/** The frame of the pages for people who are not signed in: a form, and something beside it. */
export function Gate({ title, subtitle, aside, asideLabel, children }: GateProps) {
  return (
    <div className="grid min-h-dvh grid-cols-1 wide:grid-cols-2">
      <main className="flex min-w-0 flex-col px-4 py-6 md:px-6">
        <div className="flex items-center justify-between">
          <Link
            href={paths.login()}
            className="flex h-8 items-center gap-2.5 text-[15px] font-semibold tracking-tight"
          >
            <Logo />
            Groundstation
          </Link>
          <ThemeSwitch />
        </div>
        <div className="mx-auto my-auto w-full max-w-92 py-10">
          <h1>{title}</h1>
          <p className="mt-0.5 text-text-2 wrap-anywhere">{subtitle}</p>
          <div className="mt-5 grid gap-5">{children}</div>
        </div>
      </main>
      <aside
        aria-label={asideLabel}
        className="hidden min-w-0 flex-col justify-center border-l bg-raised px-6 py-12 wide:flex"
      >
        <div className="mx-auto grid w-full max-w-132 grid-cols-1 gap-6">{aside}</div>
      </aside>
    </div>
  );
}
