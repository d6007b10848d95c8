/** How long a pointer that rests on the list still counts as somebody who is about to click. */
const RESTING_MS = 1_200;
const LOOK_AGAIN_MS = 200;
/** What would move under the person's hand. */
const LIST = 'main table tbody';
/** What somebody opened, and reads. */
const OPEN = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"]';

/**
 * Puts `work` off while it would move what the person is about to click, or while nobody looks: a pointer that moves
 * over the list, an open menu or dialog, a tab in the background. However often it is asked for, it is done once.
 */
export function holdWhileBusy(work: () => void): { ask(): void; cancel(): void } {
  const ending = new AbortController();
  let movedAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const note = ({ target, pointerType }: PointerEvent) => {
    const isOverList = target instanceof Element && target.closest(LIST) !== null;
    movedAt = isOverList && pointerType === 'mouse' ? performance.now() : Number.NEGATIVE_INFINITY;
  };
  const isBusy = () =>
    document.hidden || performance.now() - movedAt < RESTING_MS || document.querySelector(OPEN) !== null;
  const tryIt = () => {
    timer = undefined;
    if (isBusy()) ask();
    else work();
  };
  const ask = () => {
    timer ??= setTimeout(tryIt, isBusy() ? LOOK_AGAIN_MS : 0);
  };
  document.addEventListener('pointermove', note, { signal: ending.signal, passive: true });
  return {
    ask,
    cancel() {
      clearTimeout(timer);
      ending.abort();
    },
  };
}
