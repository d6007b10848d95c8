import { SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Logo } from '#components/shell/logo.tsx';
import { ThemeSwitch } from '#components/shell/theme-switch.tsx';

function Wires() {
  const end = 'grid size-10 place-items-center rounded-lg border bg-raised';
  return (
    <div aria-hidden className="flex items-center gap-3">
      <span className={end}>
        <SquareTerminal size={18} className="text-text-2" />
      </span>
      <span className="flex-1 border-t border-dashed border-line-firm" />
      <span className={end}>
        <Logo />
      </span>
    </div>
  );
}

interface ProgramLoginScreenProps {
  title: string;
  subtitle: string;
  /** The server, as people type it. */
  host: string;
  children?: ReactNode;
}

/** The frame of the page on which a program is let in, and of what comes after. */
export function ProgramLoginScreen({ title, subtitle, host, children }: ProgramLoginScreenProps) {
  return (
    <div className="flex min-h-dvh flex-col px-4 py-6 md:px-6">
      <header className="flex items-center justify-between">
        <span className="flex h-8 items-center gap-2.5 text-[15px] font-semibold tracking-tight">
          <Logo />
          Groundstation
        </span>
        <ThemeSwitch />
      </header>
      <main className="mx-auto my-auto w-full max-w-120 py-10">
        <Wires />
        <h1 className="mt-6">{title}</h1>
        <p className="mt-0.5 text-text-2">{subtitle}</p>
        <div className="mt-5 grid gap-3">{children}</div>
      </main>
      <footer className="text-center text-xs text-text-2">{host}</footer>
    </div>
  );
}
