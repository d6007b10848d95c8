'use client';

import type { ReactNode } from 'react';
import { Bdi } from '#components/ui/bdi.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';

/** So many are named; the others are counted. */
const NAMED = 5;

interface Doomed {
  id: string;
  title: string;
  sizeBytes: number;
}

/** How much some things are, in numbers. */
export function sizeOf(rows: { sizeBytes: number }[]): string {
  return formatBytes(rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
}

function NamesOf({ items }: { items: Doomed[] }) {
  const others = items.length - NAMED;
  return (
    <ul className="mt-3 grid gap-0.5 border-l-2 pl-3 wrap-anywhere">
      {items.slice(0, NAMED).map(({ id, title, sizeBytes }) => (
        <li key={id} className="line-clamp-2">
          <Bdi>{title}</Bdi> <span className="text-text-3">{formatBytes(sizeBytes)}</span>
        </li>
      ))}
      {others > 0 && <li className="text-text-3">and {formatCount(others)} more</li>}
    </ul>
  );
}

interface PurgeDialogProps {
  /** Those to delete; of none it is closed. */
  items: Doomed[];
  /** What several of them are called, such as "artifacts". */
  many: string;
  onClose: () => void;
  onConfirm: () => void;
  /** What is lost. */
  children: ReactNode;
}

/** Asks before things of the trash are deleted for good: says what is lost, and wants it typed. */
export function PurgeDialog({ items, many, onClose, onConfirm, children }: PurgeDialogProps) {
  const [only] = items.length === 1 ? items : [];
  return (
    <ConfirmDialog
      isOpen={items.length > 0}
      onClose={onClose}
      title={
        only ? (
          <>
            Delete <Bdi>{only.title}</Bdi> now?
          </>
        ) : (
          `Delete ${formatCount(items.length)} ${many} now?`
        )
      }
      action="Delete for good"
      safe={only ? 'Keep it' : 'Keep them'}
      typed={only ? only.title : `delete ${items.length}`}
      onConfirm={onConfirm}
    >
      <p>{children}</p>
      {!only && <NamesOf items={items} />}
    </ConfirmDialog>
  );
}
