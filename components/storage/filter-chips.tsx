'use client';

import { Clock, FileBox, Layers } from 'lucide-react';
import { ACCESS_FILTERS } from '#components/list/access-menu.tsx';
import { ChoiceChip, ToggleChip } from '#components/list/filter-chip.tsx';
import { paths, type StorageQuery } from '#components/paths.ts';

const TYPES = [
  { value: 'documentArray', label: 'DocumentArray', icon: Layers },
  { value: 'other', label: 'Other files', icon: FileBox },
] as const;

interface FilterChipsProps {
  query: StorageQuery;
  /** How many are over within a day. */
  expiringCount: number;
}

/** What the list is narrowed to, besides the name; it stands in the URL. */
export function FilterChips({ query, expiringCount }: FilterChipsProps) {
  return (
    <>
      <ChoiceChip
        label="Type"
        value={query.type}
        choices={TYPES}
        hrefOf={(type) => paths.storage({ ...query, type, page: 1 })}
      />
      <ChoiceChip
        label="Access"
        value={query.access}
        choices={ACCESS_FILTERS}
        hrefOf={(access) => paths.storage({ ...query, access, page: 1 })}
      />
      <ToggleChip
        label="Expiring soon"
        icon={Clock}
        isOn={query.isExpiring}
        count={expiringCount}
        href={paths.storage({ ...query, isExpiring: !query.isExpiring, page: 1 })}
        removeLabel="Remove the filter by expiry"
      />
    </>
  );
}
