'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Part, PartGroup } from '#components/dev/part.tsx';
import { paths } from '#components/paths.ts';
import { Button } from '#components/ui/button.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { Pagination } from '#components/ui/pagination.tsx';
import { type Column, Table } from '#components/ui/table.tsx';

interface Thing {
  name: string;
  documents: number;
  sizeBytes: number;
}

const FIRST: Thing[] = [
  { name: 'bird-calls-mel-2026', documents: 18_240, sizeBytes: 742_300_000 },
  { name: 'arxiv-abstracts-q3', documents: 214_906, sizeBytes: 1_290_000_000 },
  { name: `a-long-name-${'x'.repeat(120)}`, documents: 24, sizeBytes: 88_400 },
];

const COLUMNS: Column<Thing>[] = [
  {
    id: 'name',
    header: 'Name',
    cardPlace: 'title',
    cell: ({ name }) => <span className="block truncate font-medium">{name}</span>,
  },
  {
    id: 'documents',
    header: 'Documents',
    cardPlace: 'fact',
    isNumber: true,
    className: 'md:w-28',
    sort: { href: paths.parts(), direction: 'descending' },
    cell: ({ documents }) => formatCount(documents),
  },
  {
    id: 'size',
    header: 'Size',
    cardPlace: 'fact',
    isNumber: true,
    className: 'md:w-28',
    sort: { href: paths.parts(), direction: null },
    cell: ({ sizeBytes }) => formatBytes(sizeBytes),
  },
];

/** The table, and what stands below one. */
export function TableParts() {
  const [things, setThings] = useState(FIRST);
  const [fading, setFading] = useState<string[]>([]);
  const arrive = () =>
    setThings([{ name: `new-${things.length}`, documents: 1, sizeBytes: 1_000 }, ...things]);
  const fade = (rows: Thing[]) => setFading(rows.map(({ name }) => name));
  return (
    <PartGroup title="Table">
      <Part title="Rows that come and go">
        <Button onClick={arrive}>Let a row arrive</Button>
        <Button onClick={() => fade(things.slice(0, 1))}>Let the first one fade</Button>
        <Button onClick={() => fade([])}>Let it return</Button>
      </Part>
      <div>
        <Table
          label="Things"
          columns={COLUMNS}
          rows={things}
          rowKey={({ name }) => name}
          isFading={({ name }) => fading.includes(name)}
          selection={{
            labelOf: ({ name }) => name,
            factOf: (rows) => formatBytes(rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)),
            actions: (rows) => (
              <Button variant="quiet" className="text-danger" onClick={() => fade(rows)}>
                <Trash2 aria-hidden size={16} />
                Delete
              </Button>
            ),
          }}
          footer={<Pagination page={2} pageSize={50} total={120} hrefOf={paths.parts} />}
        />
      </div>
    </PartGroup>
  );
}
