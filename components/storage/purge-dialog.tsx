'use client';

import { Title, titleOf } from '#components/storage/artifact-name.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import type { TrashedArtifact } from '#lib/artifacts/trash.ts';

/** So many are named; the others are counted. */
const NAMED = 5;

/** How much some artifacts are, in numbers. */
export function sizeOf(rows: TrashedArtifact[]): string {
  return formatBytes(rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
}

function lossOf(rows: TrashedArtifact[]): string {
  const documents = rows.reduce((sum, row) => sum + (row.documents ?? 0), 0);
  const counted =
    documents > 0 ? `${formatCount(documents)} ${documents === 1 ? 'document' : 'documents'}, ` : '';
  return `${counted}${sizeOf(rows)} and all older versions are deleted for good. Nothing brings them back.`;
}

function NamesOf({ rows }: { rows: TrashedArtifact[] }) {
  const others = rows.length - NAMED;
  return (
    <ul className="mt-3 grid gap-0.5 border-l-2 pl-3 wrap-anywhere">
      {rows.slice(0, NAMED).map((row) => (
        <li key={row.id} className="line-clamp-2">
          <Title of={row} /> <span className="text-text-3">{formatBytes(row.sizeBytes)}</span>
        </li>
      ))}
      {others > 0 && <li className="text-text-3">and {formatCount(others)} more</li>}
    </ul>
  );
}

interface PurgeDialogProps {
  /** Those to delete; of none it is closed. */
  artifacts: TrashedArtifact[];
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before artifacts of the trash are deleted for good: says what is lost, and wants it typed. */
export function PurgeDialog({ artifacts, onClose, onConfirm }: PurgeDialogProps) {
  const [only] = artifacts.length === 1 ? artifacts : [];
  return (
    <ConfirmDialog
      isOpen={artifacts.length > 0}
      onClose={onClose}
      title={
        only ? (
          <>
            Delete <Title of={only} /> now?
          </>
        ) : (
          `Delete ${formatCount(artifacts.length)} artifacts now?`
        )
      }
      action="Delete for good"
      safe={only ? 'Keep it' : 'Keep them'}
      typed={only ? titleOf(only) : `delete ${artifacts.length}`}
      onConfirm={onConfirm}
    >
      <p>{lossOf(artifacts)}</p>
      {!only && <NamesOf rows={artifacts} />}
    </ConfirmDialog>
  );
}
