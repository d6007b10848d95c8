'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Brings the page up to date when the person comes back to it, say from the notebook that pushed. */
export function RefreshOnFocus() {
  const router = useRouter();

  useEffect(() => {
    const refresh = () => router.refresh();
    addEventListener('focus', refresh);
    return () => removeEventListener('focus', refresh);
  }, [router]);

  return null;
}
