'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { isKeyTaken } from '#components/ui/keyboard-target.ts';

/** What the keys do; null: nothing here. */
interface TableKeys {
  table: RefObject<HTMLTableElement | null>;
  ids: string[];
  currentId: string | null;
  hasSelection: boolean;
  onSelect: ((id: string) => void) | null;
  onOpen: ((id: string) => void) | null;
  onDelete: (() => void) | null;
  onClear: () => void;
}

/**
 * Where the keyboard goes from here: from a row that has left to what stands in its place now.
 * @param lastIndex where the current row was when it was last there; 0 where there was none.
 */
function stepTo({ ids, currentId }: TableKeys, lastIndex: number, step: 1 | -1): string | undefined {
  const at = currentId === null ? -1 : ids.indexOf(currentId);
  const next = at === -1 ? lastIndex - (step === -1 ? 1 : 0) : at + step;
  return ids[Math.min(Math.max(next, 0), ids.length - 1)];
}

function focusRow(table: HTMLTableElement | null, id: string | undefined): void {
  if (id === undefined) return;
  const row = table?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
}

function handle(event: KeyboardEvent, keys: TableKeys, lastIndex: number): boolean {
  const { table, ids, currentId, onSelect, onOpen, onDelete } = keys;
  const target = event.target instanceof Element ? event.target : null;
  const isInside = target !== null && table.current?.contains(target) === true;
  const isCurrentThere = currentId !== null && ids.includes(currentId);
  const move = (step: 1 | -1) => {
    focusRow(table.current, stepTo(keys, lastIndex, step));
    return true;
  };
  switch (event.key) {
    case 'j':
      return move(1);
    case 'k':
      return move(-1);
    // Elsewhere the arrows scroll the page.
    case 'ArrowDown':
      return isInside && move(1);
    case 'ArrowUp':
      return isInside && move(-1);
    case 'x':
      if (isCurrentThere) onSelect?.(currentId);
      return isCurrentThere;
    case 'Enter':
      // On a button or a link it means that one.
      if (!isCurrentThere || !onOpen || target?.closest('button, a, input')) return false;
      onOpen(currentId);
      return true;
    case 'Delete':
      // Held down it would go on with whatever comes next.
      if (event.repeat || (!isCurrentThere && !keys.hasSelection)) return false;
      onDelete?.();
      return onDelete !== null;
    case 'Escape':
      if (keys.hasSelection) keys.onClear();
      return keys.hasSelection;
    default:
      return false;
  }
}

/** The list by keyboard, wherever the focus is, except while somebody types or is in a menu or a dialog. */
export function useTableKeys(keys: TableKeys): void {
  const latest = useRef(keys);
  const lastIndex = useRef(0);

  useEffect(() => {
    latest.current = keys;
    const at = keys.currentId === null ? -1 : keys.ids.indexOf(keys.currentId);
    if (at !== -1) lastIndex.current = at;
  });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isKeyTaken(event.target)) return;
      if (handle(event, latest.current, lastIndex.current)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
