'use client';

import { useEffect } from 'react';
import { Toaster, toast } from 'sonner';

export type Toast = typeof toast;

/** Where toasts appear. `onReady` is called when they do. */
export function ToastRegion({ onReady }: { onReady: (ready: Toast) => void }) {
  // Runs after the effects of what is inside: by then it listens.
  useEffect(() => onReady(toast), [onReady]);
  return (
    <Toaster
      position="bottom-right"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-lg border border-line-firm bg-raised px-4 py-3 font-sans text-13 text-text shadow-float',
          content: 'min-w-0 flex-1 wrap-anywhere',
          icon: 'text-danger',
          title: 'font-medium',
          description: 'text-xs text-text-2',
          actionButton: 'h-8 shrink-0 rounded-md border border-line-firm px-2.5 font-medium hover:bg-hover',
        },
      }}
    />
  );
}
