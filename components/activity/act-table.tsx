'use client';

import { describeAct, describeActor } from '#components/activity/describe-act.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { ExactTime } from '#components/ui/time.tsx';
import type { Act } from '#lib/audit/list.ts';

/** What was done, and to what. */
export function ActWords({ act }: { act: Pick<Act, 'action' | 'target' | 'requestId'> }) {
  const { before, target, after } = describeAct(act);
  return (
    <span
      className="block max-md:wrap-anywhere md:truncate"
      title={act.requestId ? `request ${act.requestId}` : undefined}
    >
      {before}{' '}
      {target !== null && (
        <b className="font-medium">
          <Bdi>{target}</Bdi>
        </b>
      )}{' '}
      {after}
    </span>
  );
}

const columns: Column<Act>[] = [
  { id: 'what', header: 'What', cardPlace: 'title', cell: (act) => <ActWords act={act} /> },
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
    className: 'text-text-2 md:w-52',
    cell: (act) => (
      <span className="block md:truncate" title={act.client ?? undefined}>
        <Bdi>{describeActor(act)}</Bdi>
      </span>
    ),
  },
  {
    id: 'address',
    header: 'Address',
    cardPlace: 'fact',
    className: 'font-mono text-13 md:w-36',
    cell: ({ address }) => address ?? '–',
  },
];

/** What was done, an act a row. */
export function ActTable({ acts }: { acts: Act[] }) {
  return <Table label="Activity" columns={columns} rows={acts} rowKey={({ id }) => id} />;
}
