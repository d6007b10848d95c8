'use client';

import { PanelLeft } from 'lucide-react';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { RAIL_COOKIE, RAIL_FOLDED } from '#components/shell/rail-cookie.ts';
import { IconButton } from '#components/ui/button.tsx';

const YEAR_S = 365 * 24 * 60 * 60;

const RailContext = createContext({ isFolded: false, toggle: () => {} });

function keep(isFolded: boolean): void {
  const maxAge = isFolded ? YEAR_S : 0;
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is absent on plain http
  document.cookie = `${RAIL_COOKIE}=${RAIL_FOLDED}; path=/; max-age=${maxAge}; samesite=lax`;
}

interface RailFrameProps {
  isFoldedAtFirst: boolean;
  children: ReactNode;
}

/** The grid of the page, which knows how much room the rail takes. */
export function RailFrame({ isFoldedAtFirst, children }: RailFrameProps) {
  const [isFolded, setIsFolded] = useState(isFoldedAtFirst);
  const rail = useMemo(() => {
    const toggle = () => {
      keep(!isFolded);
      setIsFolded(!isFolded);
    };
    return { isFolded, toggle };
  }, [isFolded]);
  return (
    <RailContext value={rail}>
      <div
        data-rail={isFolded ? RAIL_FOLDED : undefined}
        className="grid min-h-dvh grid-cols-1 grid-rows-[48px_1fr] md:grid-cols-[56px_minmax(0,1fr)] wide:not-data-[rail=folded]:grid-cols-[224px_minmax(0,1fr)]"
      >
        {children}
      </div>
    </RailContext>
  );
}

/** Makes the rail show icons alone, and words again; where there is room for words only. */
export function RailFold() {
  const { isFolded, toggle } = use(RailContext);
  return (
    <IconButton
      icon={PanelLeft}
      label="Fold the rail"
      aria-pressed={isFolded}
      onClick={toggle}
      className="-ml-2 max-wide:hidden"
    />
  );
}
