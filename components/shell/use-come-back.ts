'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const RETRY_MS = 3_000;
const UNAVAILABLE = 503;

/** Whether the server would show this very page now, rather than say once more that it cannot. */
export async function isBack(): Promise<boolean> {
  const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  return answer !== null && answer.status !== UNAVAILABLE;
}

/** While `isWaiting`, asks for this page until the server can make it, and shows it then. */
export function useComeBack(isWaiting: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(async () => {
      if (await isBack()) router.refresh();
    }, RETRY_MS);
    return () => clearInterval(timer);
  }, [isWaiting, router]);
}
