'use client';

import { useEffect, useState } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import { holdWhileBusy } from '#components/shell/hold-while-busy.ts';
import { useLive } from '#components/shell/live.tsx';
import { focusMain } from '#components/ui/focus-main.ts';

/** A push whose bytes are coming, as the page shows it. */
export interface ArrivingPush {
  id: string;
  receivedBytes: number;
  documents: number | null;
  /** Since the last news; null before there are two. */
  bytesPerSecond: number | null;
}

interface Told extends Omit<ArrivingPush, 'bytesPerSecond'> {
  startedAt: string;
}

interface Seen {
  atMs: number;
  pushes: ArrivingPush[];
}

function withSpeed(told: Told[], before: Seen, atMs: number): ArrivingPush[] {
  const seconds = (atMs - before.atMs) / 1_000;
  return told.map(({ id, receivedBytes, documents }) => {
    const last = before.pushes.find((push) => push.id === id);
    const bytesPerSecond = last ? (receivedBytes - last.receivedBytes) / seconds : null;
    return { id, receivedBytes, documents, bytesPerSecond };
  });
}

function idsOf(told: Told[]): string {
  return told.map(({ id }) => id).join();
}

/** The person's pushes that are arriving, kept up to date, and what stops one. */
export function useArriving(): { pushes: ArrivingPush[]; stop(id: string): void } {
  const { state, hearArrivals } = useLive();
  const [seen, setSeen] = useState<Seen>({ atMs: 0, pushes: [] });
  // The server may still tell of one for a moment.
  const [stopped, setStopped] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    if (state !== 'live') return;
    let isOver = false;
    let told: Told[] = [];
    const show = () => {
      const atMs = performance.now();
      setSeen((before) => ({ atMs, pushes: withSpeed(told, before, atMs) }));
    };
    // Figures change at once; a row that comes or goes moves what is below it.
    const move = holdWhileBusy(show);
    let looks = 0;
    const look = () => {
      looks += 1;
      const mine = looks;
      rpc<Told[]>('artifact.listArriving').then(
        (now) => {
          // The newest question wins, however late an older answer comes.
          if (isOver || mine !== looks) return;
          const isSameRows = idsOf(now) === idsOf(told);
          told = now;
          if (isSameRows) show();
          else move.ask();
        },
        // The line above the page says it already when the server is away.
        () => {},
      );
    };
    look();
    const stopHearing = hearArrivals(look);
    return () => {
      isOver = true;
      move.cancel();
      stopHearing();
    };
  }, [state, hearArrivals]);

  const stop = (id: string) => {
    focusMain();
    setStopped((before) => new Set(before).add(id));
    rpc('artifact.stopArriving', { id }).catch((error: unknown) => {
      setStopped((before) => new Set([...before].filter((one) => one !== id)));
      reportFailure(error);
    });
  };
  return { pushes: seen.pushes.filter(({ id }) => !stopped.has(id)), stop };
}
