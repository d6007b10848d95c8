import { useRef } from 'react';

/** Where the focus goes when a dialog closes that has no trigger of its own which Radix would know. */
export function useFocusAfter() {
  const opener = useRef<Element | null>(null);
  const isConfirmed = useRef(false);
  return {
    isConfirmed,
    rememberOpener(): void {
      opener.current = document.activeElement;
      isConfirmed.current = false;
    },
    /** Back to the button that asked; once confirmed, that one is on its way out, so to what it stands in. */
    giveBack(event: Event): void {
      event.preventDefault();
      const target = isConfirmed.current ? opener.current?.closest('main') : opener.current;
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    },
  };
}
