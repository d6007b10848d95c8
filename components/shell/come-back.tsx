'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { comeBack, useComeBack } from '#components/shell/use-come-back.ts';
import { Button } from '#components/ui/button.tsx';

/** Shows the page that failed as soon as it can be had: when asked to, and by itself where `isWaiting`. */
export function ComeBack({ isWaiting }: { isWaiting: boolean }) {
  const router = useRouter();
  const [isTrying, startTrying] = useTransition();
  useComeBack(isWaiting);

  const tryNow = () => startTrying(() => comeBack(router));
  return (
    <Button variant={isWaiting ? 'plain' : 'primary'} disabled={isTrying} onClick={tryNow}>
      <RotateCw aria-hidden size={16} />
      {isWaiting ? 'Try now' : 'Try again'}
    </Button>
  );
}
