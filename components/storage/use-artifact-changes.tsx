'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useMemo, useOptimistic } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import type { Visibility } from '#components/storage/access-menu.tsx';
import { artifactsAre, Title } from '#components/storage/artifact-name.tsx';
import { callEach } from '#components/storage/call-each.ts';
import { focusMain } from '#components/ui/focus-main.ts';
import { showDone } from '#components/ui/toast.tsx';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';

const DAY_MS = 86_400_000;

export interface ArtifactRow extends ArtifactSummary {
  /** Being deleted; it comes back when that fails. */
  isLeaving: boolean;
}

interface Change {
  ids: string[];
  to: Partial<Pick<ArtifactRow, 'visibility' | 'expiresAt' | 'isLeaving'>>;
}

function applyChange(rows: ArtifactRow[], { ids, to }: Change): ArtifactRow[] {
  return rows.map((row) => (ids.includes(row.id) ? { ...row, ...to } : row));
}

/** Calls a method for each of them; of those that fail, the first one's error is thrown. */
async function rpcEach(
  method: 'artifact.update' | 'artifact.restore',
  ids: string[],
  input: object = {},
): Promise<void> {
  const [first] = await callEach(ids, (id) => rpc(method, { id, ...input }));
  if (first) throw first.error;
}

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
  const router = useRouter();
  const present = useMemo(() => items.map((item) => ({ ...item, isLeaving: false })), [items]);
  const [rows, addChange] = useOptimistic<ArtifactRow[], Change>(present, applyChange);

  const actions = useMemo(() => {
    function change(changed: ArtifactRow[], to: Change['to'], work: (ids: string[]) => Promise<void>): void {
      const ids = changed.map(({ id }) => id);
      startTransition(async () => {
        addChange({ ids, to });
        await work(ids).catch(reportFailure);
        // Inside the same transition, or the old rows would show until the new ones are here.
        startTransition(() => router.refresh());
      });
    }
    function undo(ids: string[]): void {
      startTransition(async () => {
        await rpcEach('artifact.restore', ids).catch(reportFailure);
        startTransition(() => router.refresh());
      });
    }
    return {
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
        change(changed, { isLeaving: true }, () => removeEach(changed, undo));
      },
    };
  }, [router, addChange]);

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
