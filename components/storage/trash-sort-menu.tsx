'use client';

import { ArrowDownWideNarrow, CalendarClock, CaseSensitive, Clock, Layers, UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { SortButton } from '#components/list/sort-button.tsx';
import { firstDirection, paths, type TrashQuery } from '#components/paths.ts';

const CHOICES = [
  { value: 'deletedAt', label: 'Deleted last', icon: Clock },
  { value: 'goneAt', label: 'Gone soonest', icon: CalendarClock },
  { value: 'name', label: 'Name', icon: CaseSensitive },
  { value: 'size', label: 'Largest', icon: ArrowDownWideNarrow },
  { value: 'documents', label: 'Most documents', icon: Layers },
  { value: 'deletedBy', label: 'Deleted by', icon: UserRound },
] as const;

/** Sorts the trash on a phone. */
export function TrashSortMenu({ query }: { query: TrashQuery }) {
  const router = useRouter();
  return (
    <SortButton
      value={query.sort}
      choices={CHOICES}
      onChange={(sort) =>
        router.replace(paths.trash({ ...query, sort, direction: firstDirection(sort), page: 1 }), {
          scroll: false,
        })
      }
    />
  );
}
