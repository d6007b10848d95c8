import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { Caller } from '#lib/auth/caller.ts';
import { currentViewer } from '#lib/http/viewer.ts';

/** The administrator who looks at the page; for everybody else, signed in or not, there is no such page. */
export async function requireAdministrator(): Promise<Caller> {
  const viewer = await currentViewer();
  if (!viewer?.isAdmin) notFound();
  return viewer;
}

/** The head of such a page: for everybody else that of a page that there is not. While nobody can tell, it says nothing. */
export async function administratorsHead(title: string): Promise<Metadata> {
  const viewer = await currentViewer().catch(() => undefined);
  if (viewer === undefined) return {};
  return { title: viewer?.isAdmin ? title : 'Not found' };
}
