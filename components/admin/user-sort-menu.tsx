'use client';

import { ArrowDownWideNarrow, CalendarClock, CaseSensitive, Clock } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { firstDirectionOf } from '#components/admin/user-columns.tsx';
import { adminPaths, type UsersQuery } from '#components/admin-paths.ts';
import { SortButton } from '#components/list/sort-button.tsx';

const CHOICES = [
  { value: 'name', label: 'Name', icon: CaseSensitive },
  { value: 'used', label: 'Most space', icon: ArrowDownWideNarrow },
  { value: 'seen', label: 'Seen last', icon: Clock },
  { value: 'created', label: 'Newest', icon: CalendarClock },
] as const;

/** Sorts the users on a phone. */
export function UserSortMenu({ query }: { query: UsersQuery }) {
  const router = useRouter();
  return (
    <SortButton
      value={query.sort}
      choices={CHOICES}
      onChange={(sort) =>
        router.replace(adminPaths.users({ ...query, sort, direction: firstDirectionOf(sort), page: 1 }), {
          scroll: false,
        })
      }
    />
  );
}
