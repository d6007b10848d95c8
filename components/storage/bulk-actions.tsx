'use client';

import { CalendarClock, Lock, type LucideIcon, Trash2 } from 'lucide-react';
import type { ComponentProps } from 'react';
import { ACCESS_CHOICES } from '#components/storage/access-menu.tsx';
import { KeepItems } from '#components/storage/keep-items.tsx';
import type { ArtifactActions, ArtifactRow } from '#components/storage/use-artifact-changes.ts';
import { Button } from '#components/ui/button.tsx';
import { classes } from '#components/ui/classes.ts';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';

interface BulkButtonProps extends Omit<ComponentProps<typeof Button>, 'children'> {
  icon: LucideIcon;
  label: string;
}

/** A button of the bar; on phones the icon alone is seen. */
function BulkButton({ icon: Icon, label, className, ...props }: BulkButtonProps) {
  return (
    <Button {...props} variant="quiet" title={label} className={classes('max-md:w-8 max-md:px-0', className)}>
      <Icon aria-hidden size={16} />
      <span className="max-md:sr-only">{label}</span>
    </Button>
  );
}

interface BulkActionsProps {
  rows: ArtifactRow[];
  actions: ArtifactActions;
}

/** What can be done to the selected artifacts. */
export function BulkActions({ rows, actions }: BulkActionsProps) {
  const visibilities = new Set(rows.map(({ visibility }) => visibility));
  const [common = null] = visibilities.size === 1 ? visibilities : [];
  return (
    <>
      <Menu label="Access" trigger={<BulkButton icon={Lock} label="Access" />}>
        <MenuChoices
          value={common}
          choices={ACCESS_CHOICES}
          onChange={(visibility) => actions.setAccess(rows, visibility)}
        />
      </Menu>
      <Menu label="Keep from now on" trigger={<BulkButton icon={CalendarClock} label="Keep" />}>
        <KeepItems onKeep={(days) => actions.keep(rows, days)} />
      </Menu>
      <BulkButton
        icon={Trash2}
        label="Delete"
        className="text-danger!"
        onClick={() => actions.remove(rows)}
      />
    </>
  );
}
