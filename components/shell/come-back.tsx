'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';
import { Button } from '#components/ui/button.tsx';

const RETRY_MS = 3_000;
const UNAVAILABLE = 503;

/** Whether the server would show this very page now, rather than say once more that it cannot. */
async function isBack(): Promise<boolean> {
  const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  return answer !== null && answer.status !== UNAVAILABLE;
}

/** Shows the page that failed as soon as it can be had: when asked to, and by itself where `isWaiting`. */
export function ComeBack({ isWaiting }: { isWaiting: boolean }) {
  const router = useRouter();
  const [isTrying, startTrying] = useTransition();

  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(async () => {
      if (await isBack()) router.refresh();
    }, RETRY_MS);
    return () => clearInterval(timer);
  }, [isWaiting, router]);

  const tryNow = () =>
    startTrying(async () => {
      // Without an answer there is nothing to show but the browser's own page.
      if (await isBack()) router.refresh();
    });
  return (
    <Button variant={isWaiting ? 'plain' : 'primary'} disabled={isTrying} onClick={tryNow}>
      <RotateCw aria-hidden size={16} />
      {isWaiting ? 'Try now' : 'Try again'}
    </Button>
  );
}
