'use client';

import { CloudOff, LogIn } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { paths } from '#components/paths.ts';
import { RpcError, rpc } from '#components/rpc.ts';
import { holdWhileBusy } from '#components/shell/hold-while-busy.ts';
import { connectLive, type LiveState } from '#components/shell/live-connection.ts';
import { classes } from '#components/ui/classes.ts';

interface Live {
  state: LiveState;
  /** Calls `listener` whenever there is news of a push that is arriving; returns what ends that. */
  hearArrivals(listener: () => void): () => void;
}

const LiveContext = createContext<Live>({ state: 'connecting', hearArrivals: () => () => {} });

/** What keeps this page up to date. */
export function useLive(): Live {
  return useContext(LiveContext);
}

/** Whether the session is over; a server that does not answer says nothing of it. */
async function isSignedOut(): Promise<boolean> {
  try {
    await rpc('user.identity.whoami');
    return false;
  } catch (error) {
    return error instanceof RpcError && error.isSignedOut;
  }
}

/** Brings the page up to date whenever the server says that something changed. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [state, setState] = useState<LiveState>('connecting');
  const [listeners] = useState(() => new Set<() => void>());

  useEffect(() => {
    let isOver = false;
    const update = async () => {
      // Where nobody is signed in any more, the page would be the one to sign in, and what was typed gone.
      const isEnded = await isSignedOut();
      if (isOver) return;
      if (isEnded) setState('ended');
      else router.refresh();
    };
    const refresh = holdWhileBusy(() => void update());
    const onArrival = () => {
      for (const listener of listeners) listener();
    };
    const disconnect = connectLive({ onState: setState, onChange: refresh.ask, onArrival });
    // A notice that could not be sent is not sent again; who comes back sees what it was about.
    addEventListener('focus', refresh.ask);
    return () => {
      isOver = true;
      removeEventListener('focus', refresh.ask);
      disconnect();
      refresh.cancel();
    };
  }, [router, listeners]);

  const live = useMemo<Live>(() => {
    const hearArrivals = (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
    return { state, hearArrivals };
  }, [state, listeners]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

const MARKS = {
  live: { word: 'Live', dot: 'bg-ok-mark' },
  away: { word: 'Offline', dot: 'bg-warning-mark' },
};

/** Whether what one sees is kept up to date, in the bar at the top; a dot alone on a phone. */
export function LiveMark() {
  const { state } = useLive();
  const mark = state === 'live' || state === 'away' ? MARKS[state] : null;
  return (
    <span
      title={state === 'live' ? 'This page shows changes as they happen.' : undefined}
      className="flex items-center gap-1.5 text-13 text-text-2"
    >
      <span aria-hidden className={classes('size-2 rounded-full', mark ? mark.dot : 'invisible')} />
      <span className="grid max-md:sr-only">
        {/* The room of the longer word, so that what stands beside it never moves. */}
        <span aria-hidden className="invisible col-start-1 row-start-1">
          {MARKS.away.word}
        </span>
        <span className="col-start-1 row-start-1">
          {mark?.word ?? <span className="sr-only">Not live</span>}
        </span>
      </span>
    </span>
  );
}

function Line({ icon: Icon, children }: { icon: typeof CloudOff; children: ReactNode }) {
  return (
    <p className="flex items-center justify-center gap-2 border-b bg-warning-soft px-4 py-2 text-13 text-warning">
      <Icon aria-hidden size={16} className="shrink-0" />
      <span>{children}</span>
    </p>
  );
}

/** Above the page: the server does not answer, or the session is over. What is on the page stays. */
export function LiveLine() {
  const { state } = useLive();
  const pathname = usePathname();
  const query = useSearchParams().toString();
  return (
    <div role="status">
      {state === 'away' && (
        <Line icon={CloudOff}>
          The server does not answer. What you see may be old; this page comes back by itself.
        </Line>
      )}
      {state === 'ended' && (
        <Line icon={LogIn}>
          Your session ended.{' '}
          {/* No Link: Next’s script still waits for the page that it would bring up to date (docs/decisions/019). */}
          <a
            href={paths.login(query ? `${pathname}?${query}` : pathname)}
            className="font-medium underline underline-offset-2"
          >
            Sign in again
          </a>{' '}
          to go on where you are.
        </Line>
      )}
    </div>
  );
}
