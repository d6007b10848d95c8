'use client';

import { PurgeDialog, sizeOf } from '#components/list/purge-dialog.tsx';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { formatCount } from '#components/ui/format.ts';
import type { TrashedArtifact } from '#lib/artifacts/trash.ts';

function lossOf(rows: TrashedArtifact[]): string {
  const documents = rows.reduce((sum, row) => sum + (row.documents ?? 0), 0);
  const counted =
    documents > 0 ? `${formatCount(documents)} ${documents === 1 ? 'document' : 'documents'}, ` : '';
  return `${counted}${sizeOf(rows)} and all older versions are deleted for good. Nothing brings them back.`;
}

interface PurgeArtifactsProps {
  /** Those to delete; of none it is closed. */
  artifacts: TrashedArtifact[];
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before artifacts of the trash are deleted for good. */
export function PurgeArtifacts({ artifacts, onClose, onConfirm }: PurgeArtifactsProps) {
  return (
    <PurgeDialog
      items={artifacts.map((row) => ({ id: row.id, title: titleOf(row), sizeBytes: row.sizeBytes }))}
      many="artifacts"
      onClose={onClose}
      onConfirm={onConfirm}
    >
      {lossOf(artifacts)}
    </PurgeDialog>
  );
}
