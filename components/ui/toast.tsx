'use client';

import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { copyText } from '#components/ui/copy-button.tsx';
import type { Toast, ToastRegion } from '#components/ui/toast-region.tsx';

const RETRY_MS = 3_000;

/** A server that is away for the moment takes nothing from the page but its toasts, until it is back. */
async function load(): Promise<{ default: typeof ToastRegion }> {
  for (;;) {
    try {
      return { default: (await import('#components/ui/toast-region.tsx')).ToastRegion };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
const Region = lazy(load);

/** Signs of somebody who may soon be told something. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
/** Later than the page itself; but before a server may have gone away, of which a toast would have to tell. */
const LATER_MS = 3_000;

let ready: Toast | null = null;
const waiting: ((toast: Toast) => void)[] = [];
let want = () => {};

function say(show: (toast: Toast) => void): void {
  if (ready) show(ready);
  else {
    waiting.push(show);
    want();
  }
}

function begin(toast: Toast): void {
  ready = toast;
  for (const show of waiting.splice(0)) show(toast);
}

/** Where toasts appear; once, in the root layout. It is loaded as soon as somebody does something, ahead of need. */
export function Toaster() {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => {
    const signs = new AbortController();
    want = () => {
      signs.abort();
      setIsWanted(true);
    };
    for (const sign of SIGNS) addEventListener(sign, want, { signal: signs.signal, passive: true });
    const timer = setTimeout(want, waiting.length > 0 ? 0 : LATER_MS);
    return () => {
      clearTimeout(timer);
      signs.abort();
    };
  }, []);
  return (
    isWanted && (
      <Suspense fallback={null}>
        <Region onReady={begin} />
      </Suspense>
    )
  );
}

/** Says that something was done; with a button that undoes it where it can be undone. */
export function showDone(sentence: ReactNode, undo?: () => void): void {
  const options = undo && { duration: 10_000, action: { label: 'Undo', onClick: undo } };
  say((toast) => toast(sentence, options));
}

/** Says how far something is that takes a while; each call with the same key replaces what the one before said. */
export function showProgress(key: string, sentence: string): void {
  say((toast) => toast(sentence, { id: key, duration: Number.POSITIVE_INFINITY }));
}

/** Takes the sentence of `showProgress` away. */
export function endProgress(key: string): void {
  say((toast) => toast.dismiss(key));
}

/** Says that something failed, with the request's id for whoever looks into the log. */
export function showFailure(sentence: string, requestId: string | null): void {
  say((toast) =>
    toast.error(sentence, {
      duration: 10_000,
      description: requestId ? `Request ${requestId}` : undefined,
      action: requestId ? { label: 'Copy the id', onClick: () => void copyText(requestId) } : undefined,
    }),
  );
}
