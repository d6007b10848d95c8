'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const RETRY_MS = 3_000;
const UNAVAILABLE = 503;

/** What the server would answer for this very page now. */
type Outlook =
  /** It would say once more that it cannot, or say nothing. */
  | 'away'
  | 'back'
  /** Another page, such as the one to sign in. */
  | 'elsewhere';

async function lookOut(): Promise<Outlook> {
  const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (answer === null || answer.status === UNAVAILABLE) return 'away';
  return answer.redirected ? 'elsewhere' : 'back';
}

/**
 * Asks for this page, and shows it when the server can make it.
 * @param hasText whether the page is there, with what somebody may have typed into it: then it is not left for another one.
 */
export async function comeBack(router: { refresh(): void }, hasText = false): Promise<void> {
  const outlook = await lookOut();
  if (outlook === 'back') router.refresh();
  // Next's script is not let to the page to sign in from here (docs/decisions/019).
  if (outlook === 'elsewhere' && !hasText) location.reload();
}

/** While `isWaiting`, asks for this page until the server can make it, and shows it then. */
export function useComeBack(isWaiting: boolean, hasText = false): void {
  const router = useRouter();
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => void comeBack(router, hasText), RETRY_MS);
    return () => clearInterval(timer);
  }, [isWaiting, hasText, router]);
}
