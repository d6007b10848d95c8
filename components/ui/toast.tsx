'use client';

import { Toaster as Sonner, toast } from 'sonner';
import { copyText } from '#components/ui/copy-button.tsx';

/** Where toasts appear; once, in the root layout. */
export function Toaster() {
  return (
    <Sonner
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

/** Says that something was done; with a button that undoes it where it can be undone. */
export function showDone(sentence: string, undo?: () => void): void {
  if (undo) toast(sentence, { duration: 10_000, action: { label: 'Undo', onClick: undo } });
  else toast(sentence);
}

/** Says how far something is that takes a while; each call with the same key replaces what the one before said. */
export function showProgress(key: string, sentence: string): void {
  toast(sentence, { id: key, duration: Number.POSITIVE_INFINITY });
}

/** Takes the sentence of `showProgress` away. */
export function endProgress(key: string): void {
  toast.dismiss(key);
}

/** Says that something failed, with the request's id for whoever looks into the log. */
export function showFailure(sentence: string, requestId: string | null): void {
  toast.error(sentence, {
    duration: 10_000,
    description: requestId ? `Request ${requestId}` : undefined,
    action: requestId ? { label: 'Copy the id', onClick: () => void copyText(requestId) } : undefined,
  });
}
