'use client';

import { CalendarClock, Lock, Trash2 } from 'lucide-react';
import { ACCESS_CHOICES } from '#components/list/access-menu.tsx';
import { KeepItems } from '#components/storage/keep-items.tsx';
import type { ArtifactActions, ArtifactRow } from '#components/storage/use-artifact-changes.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';
import { BarButton } from '#components/ui/table/bar-button.tsx';

interface BulkActionsProps {
  rows: ArtifactRow[];
  /** The longest that something may be kept, in days; null: for ever. */
  maxKeepDays: number | null;
  actions: ArtifactActions;
}

/** What can be done to the selected artifacts. */
export function BulkActions({ rows, maxKeepDays, actions }: BulkActionsProps) {
  const visibilities = new Set(rows.map(({ visibility }) => visibility));
  const [common = null] = visibilities.size === 1 ? visibilities : [];
  return (
    <>
      <Menu label="Access" trigger={<BarButton icon={Lock} label="Access" />}>
        <MenuChoices
          value={common}
          choices={ACCESS_CHOICES}
          onChange={(visibility) => actions.setAccess(rows, visibility)}
        />
      </Menu>
      <Menu label="Keep from now on" trigger={<BarButton icon={CalendarClock} label="Keep" />}>
        <KeepItems maxDays={maxKeepDays} onKeep={(days) => actions.keep(rows, days)} />
      </Menu>
      <BarButton icon={Trash2} label="Delete" className="text-danger!" onClick={() => actions.remove(rows)} />
    </>
  );
}
