'use client';

import { Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Key } from '#components/ui/key-hint.tsx';
import { isKeyTaken } from '#components/ui/keyboard-target.ts';

/** Loaded when somebody is about to open it. */
const load = () => import('#components/palette/palette-panel.tsx');
const Panel = lazy(async () => ({ default: (await load()).PalettePanel }));

const LIST_SEARCH = 'main search input';
const MAIN = 'main';

const watchNothing = () => () => {};

/** Whether the keyboard is an Apple's. */
function hasCommandKey(): boolean {
  return /Mac|iPad|iPhone/.test(navigator.userAgent);
}

function isShortcut({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey;
}

/** On some keyboards the slash needs the shift key. */
function isSlash({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key === '/' && !ctrlKey && !metaKey && !altKey;
}

/** Calls `onOpen` for the keys that open the palette, unless they are meant for what has the focus. */
function usePaletteKeys(onOpen: () => void): void {
  const latest = useRef(onOpen);

  useEffect(() => {
    latest.current = onOpen;
  });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isKeyTaken(event.target)) return;
      if (!isShortcut(event) && !isSlash(event)) return;
      event.preventDefault();
      const field = isSlash(event) ? document.querySelector<HTMLInputElement>(LIST_SEARCH) : null;
      if (field) field.select();
      else latest.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** The control in the bar at the top, and the palette that it opens; so do Ctrl K and, without a list, the slash. */
export function Palette({ namespace, isAdmin }: { namespace: string; isAdmin: boolean }) {
  const opener = useRef<Element | null>(null);
  const [state, setState] = useState<'unused' | 'open' | 'closed'>('unused');
  const isMac = useSyncExternalStore(watchNothing, hasCommandKey, () => false);
  const preload = () => void load();

  function open(): void {
    opener.current = document.activeElement;
    setState('open');
  }

  function giveFocus(hasLeft: boolean): void {
    const target = hasLeft ? document.querySelector(MAIN) : opener.current;
    if (target instanceof HTMLElement && target !== document.body) target.focus();
  }

  usePaletteKeys(open);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={state === 'open'}
        aria-keyshortcuts="Control+K Meta+K"
        title="Search or go to"
        onClick={open}
        onPointerEnter={preload}
        onFocus={preload}
        className="flex h-8 min-w-8 items-center justify-center gap-2.5 rounded-md text-text-2 hover:bg-hover max-md:size-8 md:w-56 md:justify-start md:border md:border-line-control md:bg-raised md:px-2.5 md:text-text-3 wide:w-74"
      >
        <Search aria-hidden size={16} className="shrink-0" />
        <span className="flex-1 truncate text-left max-md:sr-only">Search or go to</span>
        <span aria-hidden className="max-md:hidden">
          <Key>{isMac ? '⌘ K' : 'Ctrl K'}</Key>
        </span>
      </button>
      {state !== 'unused' && (
        <Suspense fallback={null}>
          <Panel
            isOpen={state === 'open'}
            onClose={() => setState('closed')}
            onClosed={giveFocus}
            namespace={namespace}
            isAdmin={isAdmin}
          />
        </Suspense>
      )}
    </>
  );
}
