import { redirect } from 'next/navigation';
import { paths } from '#components/paths.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { currentViewer } from '#lib/http/viewer.ts';

/** Who looks at the page; somebody who is not signed in is sent to sign in, and back to `here`. */
export async function requireViewer(here: string): Promise<Caller> {
  return (await currentViewer()) ?? redirect(paths.login(here));
}
