'use client';

import {
  ArrowDownWideNarrow,
  CalendarClock,
  CaseSensitive,
  Clock,
  CloudDownload,
  Globe,
  Layers,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { SortButton } from '#components/list/sort-button.tsx';
import { firstDirection, paths, type StorageQuery } from '#components/paths.ts';

const CHOICES = [
  { value: 'updatedAt', label: 'Updated last', icon: Clock },
  { value: 'name', label: 'Name', icon: CaseSensitive },
  { value: 'size', label: 'Largest', icon: ArrowDownWideNarrow },
  { value: 'documents', label: 'Most documents', icon: Layers },
  { value: 'pulls', label: 'Pulled most', icon: CloudDownload },
  { value: 'expireAt', label: 'Kept shortest', icon: CalendarClock },
  { value: 'visibility', label: 'Public first', icon: Globe },
] as const;

/** Sorts the artifacts on a phone. */
export function SortMenu({ query }: { query: StorageQuery }) {
  const router = useRouter();
  return (
    <SortButton
      value={query.sort}
      choices={CHOICES}
      onChange={(sort) =>
        router.replace(paths.storage({ ...query, sort, direction: firstDirection(sort), page: 1 }), {
          scroll: false,
        })
      }
    />
  );
}
