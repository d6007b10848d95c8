import type { ReactNode } from 'react';
import { orFailure } from '#components/shell/or-failure.tsx';
import { SignedInShell } from '#components/shell/signed-in-shell.tsx';
import { currentViewer } from '#lib/http/viewer.ts';

async function DashboardLayout({ children }: { children: ReactNode }) {
  const viewer = await currentViewer();
  // The page below sends such a person to sign in; it knows where they were going.
  if (!viewer) return children;
  return SignedInShell({ viewer, children });
}

export default orFailure(DashboardLayout);
