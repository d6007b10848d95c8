import type { ReactNode } from 'react';
import { Logo } from '#components/shell/logo.tsx';

/** A page that has one thing to say. */
export function MessageScreen({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-92 content-center gap-4 px-4">
      <Logo size={32} />
      <h1>{title}</h1>
      {children}
    </main>
  );
}
