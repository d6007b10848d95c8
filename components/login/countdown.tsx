'use client';

import { useEffect, useEffectEvent, useState } from 'react';

const SECOND_MS = 1000;

/** `4:48`, of milliseconds. */
function formatLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND_MS));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The minutes and seconds that are left, by the clock of this browser from the first render on. */
export function Countdown({ leftMs, onEnd }: { leftMs: number; onEnd(): void }) {
  const [left, setLeft] = useState(leftMs);
  const end = useEffectEvent(onEnd);

  useEffect(() => {
    const until = performance.now() + leftMs;
    const timer = setInterval(() => {
      const now = until - performance.now();
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      end();
    }, SECOND_MS);
    return () => clearInterval(timer);
  }, [leftMs]);

  // It would be read out every second.
  return (
    <span aria-live="off" className="tabular-nums">
      {formatLeft(left)}
    </span>
  );
}
