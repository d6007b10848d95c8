'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { isBack, useComeBack } from '#components/shell/use-come-back.ts';
import { Button } from '#components/ui/button.tsx';

/** Shows the page that failed as soon as it can be had: when asked to, and by itself where `isWaiting`. */
export function ComeBack({ isWaiting }: { isWaiting: boolean }) {
  const router = useRouter();
  const [isTrying, startTrying] = useTransition();
  useComeBack(isWaiting);

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
