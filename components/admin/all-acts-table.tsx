'use client';

import { ActWords } from '#components/activity/act-table.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { ExactTime } from '#components/ui/time.tsx';
import type { AnyAct } from '#lib/audit/list-all.ts';

/** Who did it, in a word or two. */
function actorOf({ actorName, tokenName, client }: AnyAct): string {
  if (actorName === null) return client === 'housekeeping' ? 'the server' : (client ?? 'unknown');
  return tokenName === null ? actorName : `${actorName}, token ${tokenName}`;
}

const columns: Column<AnyAct>[] = [
  { id: 'what', header: 'What', cardPlace: 'title', cell: (act) => <ActWords act={act} /> },
  {
    id: 'whose',
    header: 'Whose',
    cardPlace: 'fact',
    className: 'font-mono text-13 max-md:max-w-full md:w-36',
    cell: ({ namespace }) => (
      <span className="block max-md:wrap-anywhere md:truncate" title={namespace ?? undefined}>
        {namespace ?? '–'}
      </span>
    ),
  },
  {
    id: 'at',
    header: 'When',
    cardPlace: 'fact',
    className: 'text-text-2 md:w-44',
    cell: ({ at }) => <ExactTime at={at} />,
  },
  {
    id: 'by',
    header: 'By',
    cardPlace: 'fact',
    className: 'text-text-2 max-md:max-w-full md:max-xl:hidden xl:w-52',
    cell: (act) => (
      <span className="block max-md:wrap-anywhere md:truncate" title={act.client ?? undefined}>
        <Bdi>{actorOf(act)}</Bdi>
      </span>
    ),
  },
  {
    id: 'address',
    header: 'Address',
    cardPlace: 'fact',
    className: 'font-mono text-13 md:max-wide:hidden wide:w-36',
    cell: ({ address }) => address ?? '–',
  },
];

/** What everybody did, an act a row. */
export function AllActsTable({ acts }: { acts: AnyAct[] }) {
  return <Table label="Activity of everybody" columns={columns} rows={acts} rowKey={({ id }) => id} />;
}
