import type { ReactNode } from 'react';
import { orFailure } from '#components/shell/or-failure.tsx';
import { SignedInShell } from '#components/shell/signed-in-shell.tsx';
import { currentViewer } from '#lib/http/viewer.ts';

async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await currentViewer();
  // Apart from the dashboard's, since a page that there is not has no shell: its breadcrumb would tell.
  if (!viewer?.isAdmin) return children;
  return SignedInShell({ viewer, children });
}

export default orFailure(AdminLayout);
