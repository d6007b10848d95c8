'use client';

import { useMemo } from 'react';
import type { Visibility } from '#components/list/access-menu.tsx';
import { type Changing, rpcEach, useRowChanges } from '#components/list/use-row-changes.ts';
import { reportFailure, rpc } from '#components/rpc.ts';
import { artifactsAre, Title } from '#components/storage/artifact-name.tsx';
import { focusMain } from '#components/ui/focus-main.ts';
import { showDone } from '#components/ui/toast.tsx';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';

const DAY_MS = 86_400_000;

export type ArtifactRow = Changing<ArtifactSummary>;

/** To the trash, from which the toast brings them back. */
async function removeEach(rows: ArtifactRow[], undo: (ids: string[]) => void): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const [only] = rows;
  if (rows.length === 1 && only) {
    await rpc('artifact.delete', { id: only.id });
    showDone(
      <>
        <Title of={only} /> is in the trash.
      </>,
      () => undo(ids),
    );
    return;
  }
  const { deletedCount } = await rpc<{ deletedCount: number }>('artifact.deleteMany', { ids });
  if (deletedCount > 0) showDone(`${artifactsAre(deletedCount)} in the trash.`, () => undo(ids));
}

/** What can be done to rows of the list, one or many. */
export interface ArtifactActions {
  setAccess: (rows: ArtifactRow[], visibility: Visibility) => void;
  /** Counted in days from now; null: for ever. */
  keep: (rows: ArtifactRow[], days: number | null) => void;
  remove: (rows: ArtifactRow[]) => void;
}

/** The rows as they will be, and what can be done to them. A change shows at once, and goes back when it fails. */
export function useArtifactChanges(items: ArtifactSummary[]): {
  rows: ArtifactRow[];
  actions: ArtifactActions;
} {
  const { rows, change, settle } = useRowChanges(items);
  const actions = useMemo(
    () => ({
      setAccess(changed: ArtifactRow[], visibility: Visibility): void {
        change(changed, { visibility }, (ids) =>
          rpcEach('artifact.update', ids, { public: visibility === 'public' }),
        );
      },
      keep(changed: ArtifactRow[], days: number | null): void {
        const expiresAt = days === null ? null : new Date(Date.now() + days * DAY_MS);
        change(changed, { expiresAt }, (ids) => rpcEach('artifact.update', ids, { keepDays: days }));
      },
      remove(changed: ArtifactRow[]): void {
        focusMain();
        const undo = (ids: string[]) => settle(() => rpcEach('artifact.restore', ids));
        change(changed, { isLeaving: true }, () => removeEach(changed, undo));
      },
    }),
    [change, settle],
  );
  return { rows, actions };
}

/** Sends an artifact's bytes to the browser's downloads. */
export async function download(artifact: Pick<ArtifactSummary, 'id'>): Promise<void> {
  try {
    const { download: url } = await rpc<{ download: string }>('artifact.getDownloadUrl', { id: artifact.id });
    location.assign(url);
  } catch (error) {
    reportFailure(error);
  }
}
