'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';

const TICK_MS = 30_000;

const Now = createContext(0);

interface NowProviderProps {
  /** When the server made the page, in milliseconds since 1970; the first render in the browser uses it too. */
  serverNow: number;
  children: ReactNode;
}

/** Gives everything below one "now", which moves on by itself. */
export function NowProvider({ serverNow, children }: NowProviderProps) {
  const [now, setNow] = useState(serverNow);

  useEffect(() => {
    const tick = () => setNow(Date.now());
    const timer = setInterval(tick, TICK_MS);
    addEventListener('focus', tick);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', tick);
    };
  }, []);

  // A page that is newer than the last tick must not lie in the future.
  return <Now value={Math.max(now, serverNow)}>{children}</Now>;
}

/** Now, in milliseconds since 1970; the same on the server and in the first render in the browser. */
export function useNow(): number {
  return useContext(Now);
}

const subscribeToNothing = () => () => undefined;
const ownTimeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The person's time zone; UTC on the server and in the first render in the browser. */
export function useTimeZone(): string {
  return useSyncExternalStore(subscribeToNothing, ownTimeZone, () => 'UTC');
}
