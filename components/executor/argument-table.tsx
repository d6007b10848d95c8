'use client';

import { type Column, Table } from '#components/ui/table.tsx';
import type { Argument } from '#lib/executors/facts.ts';

const CODE = 'font-mono text-13 wrap-anywhere';

const COLUMNS: Column<Argument>[] = [
  {
    id: 'name',
    header: 'Name',
    cardPlace: 'title',
    cell: ({ name }) => <span className="font-mono text-13 font-medium wrap-anywhere">{name}</span>,
  },
  {
    id: 'type',
    header: 'Type',
    cardPlace: 'fact',
    className: 'max-md:max-w-full md:w-40',
    cell: ({ annotation }) => annotation && <span className={CODE}>{annotation}</span>,
  },
  {
    id: 'default',
    header: 'Default',
    cardPlace: 'fact',
    className: 'max-md:max-w-full md:w-48',
    cell: ({ default: value }) => value && <span className={CODE}>{value}</span>,
  },
  {
    id: 'doc',
    header: 'Meaning',
    cardPlace: 'fact',
    className: 'max-md:basis-full max-md:shrink min-w-0 md:flex-[2] md:wrap-anywhere',
    cell: ({ doc }) => doc,
  },
];

/** Arguments of a class, one a row. */
export function ArgumentTable({ rows }: { rows: Argument[] }) {
  return <Table label="Arguments" columns={COLUMNS} rows={rows} rowKey={({ name }) => name} />;
}
