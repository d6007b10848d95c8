import type { Metadata } from 'next';
import { notFound } from 'next/navigation';

export const metadata: Metadata = { title: 'Parts' };

/** Each part in each state, for who works on them. In a production build there is no such page. */
export default async function PartsPage() {
  if (process.env.NODE_ENV === 'production') notFound();
  const { PartsScreen } = await import('#components/dev/parts-screen.tsx');
  return <PartsScreen serverNow={Date.now()} />;
}
