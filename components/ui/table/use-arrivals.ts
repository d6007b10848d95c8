'use client';

import { useEffect, useState } from 'react';

/** How long a row that is new stands out. */
const ARRIVAL_MS = 2500;
const NONE: ReadonlySet<string> = new Set();

/**
 * The rows that came while the list was looked at, for a moment.
 * @param view what the list shows; in another view all rows are new, and none stands out.
 */
export function useArrivals(ids: string[], view: string): ReadonlySet<string> {
  const key = ids.join('\n');
  const [known, setKnown] = useState({ view, key, ids: new Set(ids) });
  const [arrived, setArrived] = useState(NONE);

  // Compared while rendering, so that no row is painted first without its ground.
  if (known.key !== key || known.view !== view) {
    const fresh = known.view === view ? ids.filter((id) => !known.ids.has(id)) : [];
    setKnown({ view, key, ids: new Set(ids) });
    setArrived(fresh.length > 0 ? new Set(fresh) : NONE);
  }

  useEffect(() => {
    if (arrived.size === 0) return;
    const timer = setTimeout(() => setArrived(NONE), ARRIVAL_MS);
    return () => clearTimeout(timer);
  }, [arrived]);

  return arrived;
}
