'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useMemo, useOptimistic } from 'react';
import { callEach } from '#components/list/call-each.ts';
import { reportFailure, rpc } from '#components/rpc.ts';

/** A row of a list that can be changed in place. */
export type Changing<Item> = Item & {
  /** Being deleted; it comes back when that fails. */
  isLeaving: boolean;
};

interface Change<Item> {
  ids: string[];
  to: Partial<Changing<Item>>;
}

/** Calls a method for each of them; of those that fail, the first one's error is thrown. */
export async function rpcEach(method: string, ids: string[], input: object = {}): Promise<void> {
  const [first] = await callEach(ids, (id) => rpc(method, { id, ...input }));
  if (first) throw first.error;
}

interface RowChanges<Item> {
  rows: Changing<Item>[];
  /** Shows a change at once, does the work, and reads the list again; what fails goes back and says why. */
  change: (changed: Item[], to: Partial<Changing<Item>>, work: (ids: string[]) => Promise<void>) => void;
  /** Does some work that shows only when it is done. */
  settle: (work: () => Promise<void>) => void;
}

/** The rows of a list as they will be. */
export function useRowChanges<Item extends { id: string }>(items: Item[]): RowChanges<Item> {
  const router = useRouter();
  const present = useMemo(() => items.map((item) => ({ ...item, isLeaving: false })), [items]);
  const [rows, addChange] = useOptimistic<Changing<Item>[], Change<Item>>(present, (all, { ids, to }) =>
    all.map((row) => (ids.includes(row.id) ? { ...row, ...to } : row)),
  );
  const changes = useMemo(() => {
    function settle(work: () => Promise<void>): void {
      startTransition(async () => {
        await work().catch(reportFailure);
        // Inside the same transition, or the old rows would show until the new ones are here.
        startTransition(() => router.refresh());
      });
    }
    function change(
      changed: Item[],
      to: Partial<Changing<Item>>,
      work: (ids: string[]) => Promise<void>,
    ): void {
      const ids = changed.map(({ id }) => id);
      startTransition(async () => {
        addChange({ ids, to });
        await work(ids).catch(reportFailure);
        startTransition(() => router.refresh());
      });
    }
    return { change, settle };
  }, [router, addChange]);
  return { rows, ...changes };
}
